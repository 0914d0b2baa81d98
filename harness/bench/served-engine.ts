/** Starts `longrun serve` as a child process, as a user would, and measures how long the start takes. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { LambdaClient } from "@aws-sdk/client-lambda";

export interface ServedEngine {
  readonly endpoint: string;
  readonly processId: number;
  readonly lambda: LambdaClient;
  /** The time from spawn to the ready line. */
  readonly readyMs: number;
  stop(): Promise<void>;
}

export const CREDENTIALS = { accessKeyId: "bench", secretAccessKey: "bench" };

export async function serveEngine(args: readonly string[] = []): Promise<ServedEngine> {
  const started = performance.now();
  const child = spawn(process.execPath, ["dist/longrun.js", "serve", "--port", "0", "--json", ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const line = await firstLine(child);
  const readyMs = performance.now() - started;
  const { endpoint } = JSON.parse(line) as { endpoint: string };
  const lambda = new LambdaClient({
    endpoint,
    region: "eu-central-1",
    credentials: CREDENTIALS,
    maxAttempts: 1,
  });
  return {
    endpoint,
    processId: child.pid ?? 0,
    lambda,
    readyMs,
    async stop() {
      lambda.destroy();
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("the child has no standard output");
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error("the engine ended before it was ready");
}
