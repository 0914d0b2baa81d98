/**
 * Finds the function that `_HANDLER` names in the deployment package (docs/aws/nodejs.md#handler-resolution):
 * `[folder/]module.export[.nested]`. Waits for the module's top-level awaits, so a connection opened there is opened in the Init phase.
 */
import { existsSync, readFileSync } from "node:fs";
import type * as Module from "node:module";
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
  const match = /^([^.]*)\.(.*)$/.exec(basename(name));
  if (match === null) throw new RuntimeError("Runtime.MalformedHandlerName", "Bad handler");
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
  // AWS's client is in a file of this name, which Node shows in the "Require stack" when a module is not found.
  const requireFrom = (): NodeJS.Require => {
    const { createRequire } = require("node:module") as typeof Module;
    return createRequire(resolve(process.env["LAMBDA_RUNTIME_DIR"] ?? taskRoot, "index.mjs"));
  };
  const base = resolve(taskRoot, folder, module);
  try {
    for (const extension of ["", ".js", ".mjs", ".cjs"]) {
      const file = base + extension;
      if (!existsSync(file)) continue;
      if (majorVersion >= 24) return unwrapped(await import(pathToFileURL(file).href));
      const asModule = extension === ".mjs" || (extension === ".js" && isModulePackage(file));
      return asModule ? await import(pathToFileURL(file).href) : requireFrom()(file);
    }
    const fromRuntime = requireFrom();
    return fromRuntime(fromRuntime.resolve(module, { paths: [taskRoot, resolve(taskRoot, folder)] }));
  } catch (error) {
    throw translated(error, majorVersion);
  }
}

/** Returns all exports as named members. If the module is CommonJS, `import()` gives some exports only inside the object `default`. */
function unwrapped(namespace: unknown): unknown {
  const { default: whole, ...named } = namespace as { default?: unknown };
  return typeof whole === "object" && whole !== null ? { ...whole, ...named } : namespace;
}

function isModulePackage(file: string): boolean {
  for (let folder = dirname(file); basename(folder) !== "node_modules"; folder = dirname(folder)) {
    const manifest = resolve(folder, "package.json");
    if (existsSync(manifest)) {
      try {
        return (JSON.parse(readFileSync(manifest, "utf8")) as { type?: unknown }).type === "module";
      } catch (error) {
        // eslint-disable-next-line no-console -- the function's own console: the warning appears in its log, as with AWS's client
        console.warn(
          `${manifest} cannot be read, it will be ignored for ES module detection purposes.`,
          error,
        );
        return false;
      }
    }
    if (dirname(folder) === folder) return false;
  }
  return false;
}

function translated(error: unknown, majorVersion: number): unknown {
  if (error instanceof SyntaxError) {
    const named = renamed(error, "Runtime.UserCodeSyntaxError", "SyntaxError: ");
    // AWS's client for nodejs24.x and later leaves the stack of this error unchanged. The stack's first line is the position in the source.
    if (majorVersion >= 24 && error.stack !== undefined) named.stack = error.stack;
    return named;
  }
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
      "ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.",
    );
  }
  if (process.env["AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING"] !== undefined) return;
  // eslint-disable-next-line no-console -- the function's own console: the warning appears in its log, as with AWS's client
  console.warn(
    "This handler takes a callback, which nodejs24.x no longer supports. AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING switches this warning off.",
  );
}
