/**
 * Starts a local engine that ends when this process ends: by a parent-death signal where there is one, and by the end of the engine's
 * standard input.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { platform } from "node:process";
import { createInterface } from "node:readline";
import { LongrunError, notAvailable } from "../../base/errors.ts";
import { parseReadyLine } from "../../record/ready-line.ts";
import type { EngineLauncher, RunningEngine } from "../../run/ports/engine-launcher.ts";
import { ownCommand } from "./assets.ts";
import { LIFE_LINE_VARIABLE } from "./life-line.ts";
import type { EnvironmentVariables } from "../../base/environment-variables.ts";

const READY_WITHIN_MS = 60_000;
const CLOSE_WITHIN_MS = 20_000;
const LAST_LINES_LENGTH = 4_000;

export function engineProcess(options: {
  readonly serveArguments: readonly string[];
  readonly environment: EnvironmentVariables;
  /** Gets the messages of the engine for its operator, such as a broken file, a full disk or a failure of the engine. */
  readonly say: (line: string) => void;
  /** Called when the engine was killed or failed. Removes what the engine could not remove itself. */
  readonly cleanUp: () => Promise<void>;
}): EngineLauncher {
  return {
    start: async (signal) => {
      const own = ownCommand();
      const serve = [
        own.command,
        ...own.arguments,
        "serve",
        "--json",
        "--port",
        "0",
        ...options.serveArguments,
      ];
      const [command, ...rest] = hasParentDeathSignal()
        ? ["setpriv", "--pdeathsig", "TERM", "--", ...serve]
        : serve;
      const child = spawn(command ?? own.command, rest, {
        stdio: ["pipe", "pipe", "pipe"],
        // Ctrl-C must end the run and not the engine, because the run needs the engine until its invocations have ended.
        detached: true,
        env: { ...options.environment, [LIFE_LINE_VARIABLE]: "1" },
      });
      return await ready(child, signal, options);
    },
  };
}

/** `setpriv` is part of util-linux. Without it, only the end of standard input ends the engine. */
function hasParentDeathSignal(): boolean {
  if (platform !== "linux") return false;
  return spawnSync("setpriv", ["--pdeathsig", "TERM", "true"], { stdio: "ignore" }).status === 0;
}

async function ready(
  child: ChildProcess,
  signal: AbortSignal,
  { say, cleanUp }: Pick<Parameters<typeof engineProcess>[0], "say" | "cleanUp">,
): Promise<RunningEngine> {
  let lastLines = "";
  let isReady = false;
  let previous = "";
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on("line", (line) => {
      lastLines = `${lastLines}${line}\n`.slice(-LAST_LINES_LENGTH);
      // A line that repeats the previous one is left out. For example, on a full disk the engine writes the same line at every invocation.
      if (isReady && line !== previous) say(`engine: ${line}`);
      previous = line;
    });
  }
  // The child may have ended before we close its standard input.
  child.stdin?.on("error", () => undefined);
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(String(error)));
    child.once("close", (code, killedBy) => {
      const how = `${killedBy ?? `exit code ${String(code)}`}${lastLines === "" ? "" : `\n${lastLines.trimEnd()}`}`;
      if (code === 0) return resolve(how);
      const done = (): void => resolve(how);
      cleanUp().then(done, done);
    });
  });
  const close = (): Promise<void> => closeChild(child, ended);
  const line = await firstLine(child, ended, signal);
  const announced = line.kind === "line" ? parseReadyLine(line.text) : null;
  if (announced !== null && "endpoint" in announced) {
    isReady = true;
    const { endpoint, isolation } = announced;
    return { endpoint, isolation, ended, close };
  }
  await close();
  if (line.kind === "aborted")
    throw new LongrunError("interrupted", "Interrupted while the local engine was starting.");
  throw notAvailable(`The local engine did not start: ${line.text}`, {
    hint: "Run longrun serve to see the error in the foreground.",
  });
}

type FirstLine = { readonly kind: "line" | "ended" | "late" | "aborted"; readonly text: string };

function firstLine(child: ChildProcess, ended: Promise<string>, signal: AbortSignal): Promise<FirstLine> {
  return new Promise((resolve) => {
    const timer = setTimeout(
      () => finish({ kind: "late", text: `it was not ready within ${READY_WITHIN_MS / 1_000} s` }),
      READY_WITHIN_MS,
    );
    const aborted = (): void => finish({ kind: "aborted", text: "" });
    const finish = (line: FirstLine): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", aborted);
      resolve(line);
    };
    signal.addEventListener("abort", aborted);
    if (child.stdout !== null)
      createInterface({ input: child.stdout }).on("line", (text) => finish({ kind: "line", text }));
    void ended.then((text) => finish({ kind: "ended", text }));
  });
}

async function closeChild(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.stdin?.end();
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), CLOSE_WITHIN_MS);
  await ended;
  clearTimeout(timer);
}
