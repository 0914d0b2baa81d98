/** Runs a program to its end. Ctrl-C also reaches that program, because it is in the same process group. */
import { spawn, type StdioOptions } from "node:child_process";
import { constants } from "node:os";
import { LongrunError } from "../../harness/src/base/errors.ts";
import type { EnvironmentVariables } from "../../harness/src/base/environment-variables.ts";

/**
 * What happens to an output of the program. `keep`: its text is in the result. `show`: the text is in the result, and is also written to our
 * own output. `terminal`: the program writes directly to our output.
 */
export type Stream = "keep" | "show" | "terminal";

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: EnvironmentVariables;
  readonly stdout?: Stream;
  readonly stderr?: Stream;
  readonly input?: string;
}

export function run(
  program: string,
  args: readonly string[],
  { cwd, env = process.env, stdout = "keep", stderr = "keep", input }: RunOptions = {},
): Promise<Ended> {
  const streams = { stdout, stderr };
  const pipeOf = (stream: Stream): "inherit" | "pipe" => (stream === "terminal" ? "inherit" : "pipe");
  const closed = stdout === "keep" && stderr === "keep" ? "ignore" : "inherit";
  const stdin = input === undefined ? closed : "pipe";
  const stdio: StdioOptions = [stdin, pipeOf(stdout), pipeOf(stderr)];
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio });
    const ignore = (): void => undefined;
    const forward = (): void => void child.kill("SIGTERM");
    process.on("SIGINT", ignore).on("SIGTERM", forward);
    const done = (): void => void process.off("SIGINT", ignore).off("SIGTERM", forward);
    const text = { stdout: "", stderr: "" };
    // A program that ended without reading its input closed the pipe; its exit code says why.
    child.stdin?.on("error", ignore).end(input);
    for (const name of ["stdout", "stderr"] as const) {
      child[name]?.setEncoding("utf8").on("data", (chunk: string) => {
        text[name] += chunk;
        if (streams[name] === "show") process[name].write(chunk);
      });
    }
    child.once("error", (error: NodeJS.ErrnoException) => {
      done();
      reject(error.code === "ENOENT" ? new NotOnPath(program) : error);
    });
    child.once("close", (code, signal) => {
      done();
      resolve({ code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]), ...text });
    });
  });
}

/** A separate class, because some callers can go on without the program. */
export class NotOnPath extends LongrunError {
  constructor(program: string) {
    super("unavailable", `${program} is not on the PATH.`);
  }
}
