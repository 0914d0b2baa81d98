/** Installs the packages of a requirements.txt with pip into a cache, once for each content of the file and each minor version of Python. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EnvironmentVariables } from "../../../base/environment-variables.ts";
import type { Interpreter } from "../../../catalogue/runtimes/interpreter.ts";
import { cacheFolder } from "../../node/cache-folder.ts";
import { makeCacheFolder } from "../make-cache-folder.ts";
import { namesIn } from "../names-in.ts";
import { PipError, pipInstall } from "./pip-install.ts";

/** Whether pip has installed packages into this folder, as `pip install --target` and `sam build` do. */
export function packagesAreThere(folder: string): boolean {
  return namesIn(folder).some((name) => name.endsWith(".dist-info"));
}

export type Requirements =
  | { readonly ok: true; readonly folder: string }
  /** The end of a sentence that begins with "expected". */
  | { readonly ok: false; readonly expected: string };

export async function installRequirements(
  file: string,
  interpreter: Interpreter,
  environment: EnvironmentVariables,
  report: (line: string) => void,
): Promise<Requirements> {
  const release = interpreter.version.split(".").slice(0, 2).join(".");
  const hash = createHash("sha256").update(release).update("\0").update(readFileSync(file)).digest("hex");
  const folder = join(cacheFolder(environment), "requirements", hash.slice(0, 24));
  if (existsSync(folder)) return { ok: true, folder };
  report(`pip install -r ${file}`);
  try {
    await makeCacheFolder(folder, (made) =>
      pipInstall({
        interpreter,
        arguments: ["--target", made, "-r", file],
        folder: dirname(file),
        environment,
      }),
    );
    return { ok: true, folder };
  } catch (error) {
    if (!(error instanceof PipError)) throw error;
    return { ok: false, expected: `requirements that can be installed, but pip said:\n${error.message}` };
  }
}
