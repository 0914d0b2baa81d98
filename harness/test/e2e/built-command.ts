/** Starts the built command as a user does, with real processes and sockets. `make test` builds it first. */
import { spawn, execFileSync, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/adapters/node/assets.ts";

export const COMMAND = join(packageRoot(), "dist", "longrun.js");

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
    readonly out: string;
    readonly err: string;
  }>;
  /** Resolves when standard output matches. Rejects if the command ends first. */
  outMatches(pattern: RegExp): Promise<string>;
  /** The same for standard error. */
  errMatches(pattern: RegExp): Promise<string>;
}

export function start(
  argumentList: readonly string[],
  options: {
    readonly cwd: string;
    readonly stdin?: "ignore" | "pipe";
    readonly env?: Readonly<Record<string, string>>;
  },
): Started {
  if (!existsSync(COMMAND)) throw new Error("dist/longrun.js does not exist: `npm run build` makes it");
  const child = spawn(process.execPath, [COMMAND, ...argumentList], {
    cwd: options.cwd,
    stdio: [options.stdin ?? "ignore", "pipe", "pipe"],
    env: { ...process.env, ...options.env },
  });
  const out = reading(child.stdout);
  const err = reading(child.stderr);
  const ended = new Promise<Awaited<Started["ended"]>>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal, out: out.text(), err: err.text() }));
  });
  const orEnd = (matches: Promise<string>): Promise<string> =>
    Promise.race([
      matches,
      ended.then(({ code, err: said }) =>
        Promise.reject(new Error(`the command ended with ${String(code)} first: ${said}`)),
      ),
    ]);
  return {
    child,
    ended,
    outMatches: (pattern) => orEnd(out.matches(pattern)),
    errMatches: (pattern) => orEnd(err.matches(pattern)),
  };
}

export const run = (argumentList: readonly string[], cwd: string): Started["ended"] =>
  start(argumentList, { cwd }).ended;

function reading(stream: NodeJS.ReadableStream | null) {
  let text = "";
  let waiting: { readonly pattern: RegExp; readonly resolve: (text: string) => void }[] = [];
  stream?.setEncoding("utf8");
  stream?.on("data", (piece: string) => {
    text += piece;
    waiting = waiting.filter(({ pattern, resolve }) => {
      if (!pattern.test(text)) return true;
      resolve(text);
      return false;
    });
  });
  return {
    text: () => text,
    matches: (pattern: RegExp): Promise<string> =>
      pattern.test(text)
        ? Promise.resolve(text)
        : new Promise((resolve) => waiting.push({ pattern, resolve })),
  };
}

/** Returns all descendants of a process, in any process group. */
export function descendants(root: number): readonly number[] {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((row) => row.trim().split(/\s+/).map(Number));
  const below = (parent: number): readonly number[] =>
    rows
      .filter(([, ppid]) => ppid === parent)
      .flatMap(([pid]) => (pid === undefined ? [] : [pid, ...below(pid)]));
  return below(root);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Resolves when all these processes have ended. The time limit of the test applies. */
export async function allGone(pids: readonly number[]): Promise<void> {
  while (pids.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 50));
}
