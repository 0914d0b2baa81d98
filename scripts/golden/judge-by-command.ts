/** Judges evidence through the command line of a built version, because the source files of another version may have other names. */
import { spawn } from "node:child_process";

export interface Judged {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Exit codes 0, 1 and 2 are verdicts; every other one is an error, and `out` is empty. */
export function judgeByCommand(
  command: string,
  { folder, arguments: given }: { readonly folder: string; readonly arguments: readonly string[] },
): Promise<Judged> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, "analyze", ...given], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1" },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (bytes: Buffer) => out.push(bytes));
    child.stderr.on("data", (bytes: Buffer) => err.push(bytes));
    child.once("error", reject);
    child.once("close", (code) =>
      resolve({ code, out: Buffer.concat(out).toString("utf8"), err: Buffer.concat(err).toString("utf8") }),
    );
  });
}
