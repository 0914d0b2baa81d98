/**
 * Finds the function that `_HANDLER` names in the deployment package (facts §8): `[folder/]module.export[.nested]`. Top-level awaits
 * of the module are waited for, so a connection opened there is opened in the Init phase.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { errorPayload, RuntimeError } from "./error-payload.ts";
import { isStreaming } from "./streaming-mark.ts";

export type Handler = (event: unknown, context: unknown, callback?: unknown) => unknown;

export async function loadHandler(taskRoot: string, name: string, majorVersion: number): Promise<Handler> {
  if (name.includes("..")) {
    throw new RuntimeError(
      "Runtime.MalformedHandlerName",
      `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const match = /^([^.]*)\.(.+)$/.exec(basename(name));
  if (match === null) {
    throw new RuntimeError("Runtime.MalformedHandlerName", `Bad handler: ${name} (expected module.export)`);
  }
  const [, module = "", path = ""] = match;
  const loaded = await load(taskRoot, dirname(name), module, majorVersion);
  const found = path
    .split(".")
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], loaded);
  if (found === undefined || found === null)
    throw new RuntimeError("Runtime.HandlerNotFound", `${name} is undefined or not exported`);
  if (typeof found !== "function")
    throw new RuntimeError("Runtime.HandlerNotFound", `${name} is not a function`);
  checkArity(found as Handler, majorVersion);
  return found as Handler;
}

async function load(
  taskRoot: string,
  folder: string,
  module: string,
  majorVersion: number,
): Promise<unknown> {
  const require = createRequire(`${resolve(taskRoot)}/`);
  const base = resolve(taskRoot, folder, module);
  try {
    for (const extension of ["", ".js", ".mjs", ".cjs"]) {
      const file = base + extension;
      if (!existsSync(file)) continue;
      // An extensionless name that is a folder falls through to Node's own resolution.
      if (extension === "" && !isFile(file)) continue;
      const asModule =
        extension === ".mjs" || majorVersion >= 24 || (extension === ".js" && isModulePackage(file));
      return asModule ? unwrapped(await import(pathToFileURL(file).href)) : require(file);
    }
    return require(require.resolve(`./${folder === "." ? "" : `${folder}/`}${module}`)) as unknown;
  } catch (error) {
    throw translated(error);
  }
}

function isFile(file: string): boolean {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}

/** A CommonJS module seen through `import()`: its exports are the default, and not all of them are named. */
function unwrapped(namespace: unknown): unknown {
  const { default: whole, ...named } = namespace as { default?: unknown };
  return typeof whole === "object" && whole !== null ? { ...whole, ...named } : namespace;
}

function isModulePackage(file: string): boolean {
  for (let folder = dirname(file); basename(folder) !== "node_modules"; folder = dirname(folder)) {
    const manifest = resolve(folder, "package.json");
    if (existsSync(manifest)) {
      return (JSON.parse(readFileSync(manifest, "utf8")) as { type?: unknown }).type === "module";
    }
    if (dirname(folder) === folder) return false;
  }
  return false;
}

function translated(error: unknown): unknown {
  if (error instanceof SyntaxError) return renamed(error, "Runtime.UserCodeSyntaxError", "SyntaxError: ");
  if ((error as NodeJS.ErrnoException | null)?.code === "MODULE_NOT_FOUND")
    return renamed(error, "Runtime.ImportModuleError", "Error: ");
  return error;
}

function renamed(error: unknown, name: string, prefix: string): RuntimeError {
  const { errorMessage, trace } = errorPayload(error);
  const result = new RuntimeError(name, prefix + errorMessage);
  result.stack = [`${name}: ${prefix}${errorMessage}`, ...trace.slice(1)].join("\n");
  return result;
}

function checkArity(handler: Handler, majorVersion: number): void {
  if (isStreaming(handler) || handler.length < 3) return;
  if (majorVersion >= 24) {
    throw new RuntimeError(
      "Runtime.CallbackHandlerDeprecated",
      "nodejs24.x has no callback handlers: a handler that declares three parameters is refused. Return a promise, and declare event and context only.",
    );
  }
  if (process.env["AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING"] !== undefined) return;
  // eslint-disable-next-line no-console -- the function's own console: the warning is a line of its log, as AWS's is
  console.warn(
    "This handler takes a callback, which nodejs24.x no longer supports. AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING switches this warning off.",
  );
}
