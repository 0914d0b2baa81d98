/**
 * A process that goes on when we end: started, found again, stopped. A note in a file names it by process id and start
 * time, so that a reused id is never taken for it and never killed.
 */
import { execFileSync, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "./problem.mjs";

const POLL_MS = 100;
const TERM_WITHIN_MS = 20_000;

/** When a process began, as the system words it; null: there is none. */
export function processStart(pid) {
  try {
    if (existsSync("/proc/self/stat")) {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return fields[0] === "Z" ? null : fields[19];
    }
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
}

/** The note of a process that lives, else null. */
export function findBackground(noteFile) {
  try {
    const note = JSON.parse(readFileSync(noteFile, "utf8"));
    return processStart(note.pid) === note.start && note.start !== null ? note : null;
  } catch {
    return null;
  }
}

/**
 * Starts a program and waits until `ready` returns something, which goes into the note.
 * @param {{ noteFile: string, logFile: string, outFile?: string, program: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd: string,
 *   ready: () => Promise<object | null>, withinMs: number, what: string }} start
 */
export async function startBackground({
  noteFile,
  logFile,
  outFile,
  program,
  args,
  env,
  cwd,
  ready,
  withinMs,
  what,
}) {
  mkdirSync(dirname(noteFile), { recursive: true });
  const log = openSync(logFile, "w");
  const out = outFile === undefined ? log : openSync(outFile, "a");
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ["ignore", out, log] });
  const failed = new Promise((resolve) => child.once("error", resolve));
  closeSync(log);
  if (out !== log) closeSync(out);
  child.unref();
  const start = child.pid === undefined ? null : processStart(child.pid);
  const note = { pid: child.pid, start };
  // Written before it is ready: if we are killed meanwhile, `make destroy` still finds it.
  if (start !== null) writeFileSync(noteFile, JSON.stringify(note));
  const until = performance.now() + withinMs;
  for (;;) {
    const facts = await ready();
    if (facts !== null) {
      Object.assign(note, facts);
      writeFileSync(noteFile, JSON.stringify(note));
      return note;
    }
    const error = await Promise.race([failed, sleep(POLL_MS, null)]);
    if (error !== null || child.exitCode !== null || child.signalCode !== null || performance.now() > until) {
      const why =
        error?.message ??
        (child.exitCode === null
          ? `it was not ready within ${withinMs / 1000} s`
          : `it ended with ${child.exitCode}`);
      if (start !== null) await stopBackground(noteFile);
      throw new Problem(`${what} did not start: ${why}.\n${lastWords(logFile)}`);
    }
  }
}

/** True where there was something to stop. SIGTERM first; what does not end is killed. */
export async function stopBackground(noteFile) {
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

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

function lastWords(file) {
  try {
    return readFileSync(file, "utf8").trimEnd().split("\n").slice(-5).join("\n");
  } catch {
    return "";
  }
}
