/**
 * A background process continues after this process has ended. A file, the note, has the id and the start time of the background process.
 * A later process with the same id has another start time, so it is not killed.
 */
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { notAvailable } from "../../harness/src/base/errors.ts";
import { processStart } from "../../harness/src/engine/process/running/process-start.ts";
import type { EnvironmentVariables } from "../../harness/src/base/environment-variables.ts";

const POLL_MS = 100;
const TERM_WITHIN_MS = 20_000;

const NOTE = z.object({
  pid: z.number().int().positive(),
  start: z.string(),
  /** The address at which the process answers; absent until it is ready. */
  endpoint: z.string().optional(),
});
type Note = z.infer<typeof NOTE>;
export type ReadyNote = Note & { readonly endpoint: string };

interface BackgroundStart {
  readonly noteFile: string;
  readonly logFile: string;
  /** The program's standard output is appended to this file. If absent, the output goes to the log file. */
  readonly outFile?: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: EnvironmentVariables;
  readonly cwd: string;
  /** Resolves with the process's address, or with null if it does not answer yet. */
  readonly ready: () => Promise<string | null>;
  readonly withinMs: number;
  /** The name in messages, such as `The peer`. */
  readonly what: string;
}

export function findBackground(noteFile: string): Note | null {
  try {
    const note = NOTE.parse(JSON.parse(readFileSync(noteFile, "utf8")));
    return processStart(note.pid) === note.start ? note : null;
  } catch {
    return null;
  }
}

/** Waits until the program is ready; the note then has its address. */
export async function startBackground(options: BackgroundStart): Promise<ReadyNote> {
  const { noteFile, logFile, outFile, program, args, env, cwd, ready, withinMs, what } = options;
  mkdirSync(dirname(noteFile), { recursive: true });
  const log = openSync(logFile, "w");
  const out = outFile === undefined ? log : openSync(outFile, "a");
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ["ignore", out, log] });
  const failed = new Promise<Error>((resolve) => child.once("error", resolve));
  closeSync(log);
  if (out !== log) closeSync(out);
  child.unref();
  const note = noteOf(child.pid);
  // The note is written before the program is ready, so that `make destroy` finds the program even if this process is killed meanwhile.
  if (note !== null) writeFileSync(noteFile, JSON.stringify(note));
  const until = performance.now() + withinMs;
  for (;;) {
    const endpoint = await ready();
    if (endpoint !== null && note !== null) {
      const complete = { ...note, endpoint };
      writeFileSync(noteFile, JSON.stringify(complete));
      return complete;
    }
    const error = await Promise.race([failed, sleep(POLL_MS, null)]);
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (error !== null || ended || performance.now() > until) {
      const why =
        error?.message ??
        (ended
          ? `it ended with ${child.exitCode ?? child.signalCode}`
          : `it was not ready within ${withinMs / 1000} s`);
      if (note !== null) await stopBackground(noteFile);
      throw notAvailable(`${what} did not start: ${why}.\n${lastWords(logFile)}`);
    }
  }
}

/** Null if the process could not be started, or has ended already. */
function noteOf(pid: number | undefined): Note | null {
  const start = pid === undefined ? null : processStart(pid);
  return pid === undefined || start === null ? null : { pid, start };
}

/** Sends SIGTERM, later SIGKILL. Returns whether there was a process. */
export async function stopBackground(noteFile: string): Promise<boolean> {
  const note = findBackground(noteFile);
  if (note !== null) {
    signal(note.pid, "SIGTERM");
    const until = performance.now() + TERM_WITHIN_MS;
    while (findBackground(noteFile) !== null) {
      if (performance.now() > until) signal(-note.pid, "SIGKILL");
      await sleep(POLL_MS);
    }
  }
  rmSync(noteFile, { force: true });
  return note !== null;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function lastWords(file: string): string {
  try {
    return readFileSync(file, "utf8").trimEnd().split("\n").slice(-5).join("\n");
  } catch {
    return "";
  }
}
