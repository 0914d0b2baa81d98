/** Runs a compiler or a package manager to its end. Returns its output, or the error message of the tool if it failed. */
import { execFile } from "node:child_process";
import type { EnvironmentVariables } from "../../base/environment-variables.ts";

const OUTPUT_BYTES_MAX = 64 << 20;

interface ToolRun {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment: EnvironmentVariables;
}

type ToolResult =
  | { readonly ok: true; readonly output: string }
  /** `found` is false if there is no such command. `said` is stderr; if that is empty, stdout; if both are empty, Node's message. */
  | { readonly ok: false; readonly found: boolean; readonly said: string };

export function runTool({ file, arguments: given, folder, environment }: ToolRun): Promise<ToolResult> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { ...environment }, maxBuffer: OUTPUT_BYTES_MAX };
    execFile(file, [...given], options, (error, output, errors) => {
      if (error === null) resolve({ ok: true, output });
      else {
        const said = [errors, output, error.message].map((text) => text.trim()).find((text) => text !== "");
        resolve({ ok: false, found: error.code !== "ENOENT", said: said ?? "" });
      }
    });
  });
}
