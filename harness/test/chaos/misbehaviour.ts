/**
 * Functions that misbehave: Node loads a module into their processes that does what `Mischief` names, at the start and again and again.
 * It does so only in a PID namespace and with a /tmp of its own, because elsewhere it would reach other processes and files of this machine.
 */
import { readlinkSync, statSync } from "node:fs";
import { MARK } from "./marked-processes.ts";
import type { Mischief } from "./story.ts";

/** Returns a value for NODE_OPTIONS. */
export function misbehaviour(mark: string, kinds: readonly Mischief[]): string {
  const { dev, ino } = statSync("/tmp");
  const machine = { pid: readlinkSync("/proc/self/ns/pid"), tmp: `${dev} ${ino}` };
  const text = `${PREAMBLE.replace("MACHINE", JSON.stringify(machine)).replace("MARKED", JSON.stringify(`${MARK}=${mark}`))}
const again = [${kinds.map((kind) => ACTS[kind]).join(",\n")}];
if (apart()) {
  for (const act of again) attempt(act);
  setInterval(() => again.forEach(attempt), 400).unref();
}`;
  return `--import=data:text/javascript;base64,${Buffer.from(text).toString("base64")}`;
}

/**
 * The first flood of a process has this many lines of 1 KB, ten times as much as the engine reads before it lets a process wait. Later floods
 * are small, so that a loaded machine does what is planned, and long lines need little room on the disk of a run.
 */
const FIRST_FLOOD_LINES = 640;

const PREAMBLE = `import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, readlinkSync, statSync, writeFileSync } from "node:fs";
const machine = MACHINE;
const mark = MARKED;
let turns = 0;
const apart = () => {
  try {
    const { dev, ino } = statSync("/tmp");
    return readlinkSync("/proc/self/ns/pid") !== machine.pid && dev + " " + ino !== machine.tmp;
  } catch {
    return false;
  }
};
const attempt = (act) => {
  try {
    act(turns++);
  } catch {}
};
const daemon = (command, environment) => {
  if (turns < 5) spawn("sh", ["-c", command, mark], { detached: true, stdio: "ignore", env: environment }).on("error", () => {}).unref();
};`;

const ACTS: Readonly<Record<Mischief, string>> = {
  flood: `(turn) => process.stdout.write(turn < again.length ? ("a line of a flood".repeat(60) + "\\n").repeat(${FIRST_FLOOD_LINES}) : "a line of a flood\\n".repeat(200))`,
  leftovers: `(turn) => {
  let folder = "/tmp/left-" + turn;
  const made = [];
  for (let depth = 0; depth < 60 && turn < 3; depth += 1) {
    mkdirSync(folder);
    writeFileSync(folder + "/file", "");
    made.push(folder);
    folder += "/nested";
  }
  for (const one of made.reverse()) chmodSync(one, 0o555);
}`,
  daemons: `() => {
  daemon("trap '' TERM HUP; while :; do sleep 1; done", process.env);
  daemon("(setsid sh -c 'while :; do sleep 1; done' " + mark + " &) ; exit 0", process.env);
  daemon("trap '' TERM; while :; do sleep 1; done", { PATH: process.env.PATH });
}`,
  signals: `() => {
  if (process.ppid > 0) for (const signal of ["SIGTERM", "SIGSTOP", "SIGCONT", "SIGTSTP"]) attempt(() => process.kill(process.ppid, signal));
  for (const signal of ["SIGCONT", "SIGTERM"]) attempt(() => process.kill(-1, signal));
}`,
};
