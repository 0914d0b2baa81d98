/** Starts a server as a child process, waits until a line of its log says that the server is ready, and stops the server. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";

export interface RunningServer {
  readonly port: number;
  /** Returns what the server has written so far. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

export interface ServerCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly port: number;
  /** Matches the line that the server writes when it accepts connections. */
  readonly ready: RegExp;
  readonly stopSignal: NodeJS.Signals;
  /** A file that immediately gets everything that the server writes. */
  readonly logFile?: string | undefined;
}

export async function startServer(command: ServerCommand): Promise<RunningServer> {
  const child = spawn(command.program, command.args, { stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  const exited = once(child, "exit");
  const ready = new Promise<void>((resolve, reject) => {
    const take = (chunk: string): void => {
      log += chunk;
      if (command.logFile !== undefined) appendFileSync(command.logFile, chunk);
      if (command.ready.test(log)) resolve();
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", take);
    child.once("error", reject);
    void exited.then(() => reject(new Error(`${command.program} ended before it was ready:\n${log}`)));
  });
  await ready;
  return {
    port: command.port,
    log: () => log,
    stop: async () => {
      await stopChild(child, command.stopSignal, exited);
    },
  };
}

async function stopChild(
  child: ChildProcess,
  signal: NodeJS.Signals,
  exited: Promise<unknown>,
): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  await exited;
}

/** Runs a program to its end. If it fails, the error contains its output. */
export async function runToEnd(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${program} ended with ${code ?? "a signal"}:\n${output}`);
}
