/** Runs a runtime client on a Runtime API that keeps the requests. Returns the requests, the client's log and its exit code. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { RuntimeClient } from "../../../src/engine/runtime-client.ts";
import type { ClientCase } from "./cases.ts";
import { type Asked, RecordingRuntimeApi } from "./recording-runtime-api.ts";

export interface ClientLife {
  readonly asked: readonly Asked[];
  /** The messages that the client wrote in frames to the log's file descriptor. */
  readonly logged: readonly string[];
  /** Null if the client was waiting for the next event when the test ended it. */
  readonly exitCode: number | null;
}

export interface ClientRun {
  readonly client: RuntimeClient;
  readonly nodeFile: string;
  readonly runtime: string;
  readonly folder: string;
  readonly tried: ClientCase;
}

export async function runClientCase({
  client,
  nodeFile,
  runtime,
  folder,
  tried,
}: ClientRun): Promise<ClientLife> {
  const task = join(folder, "task");
  mkdirSync(task, { recursive: true });
  for (const [path, content] of Object.entries(tried.files)) {
    mkdirSync(dirname(join(task, path)), { recursive: true });
    writeFileSync(join(task, path), content);
  }
  const api = await RecordingRuntimeApi.open(tried.events ?? [{ event: { n: 1 } }]);
  const child = spawn(nodeFile, [...(tried.nodeOptions ?? []), join(client.folder, client.file)], {
    cwd: task,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"],
      TZ: ":UTC",
      AWS_LAMBDA_RUNTIME_API: api.address,
      AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
      AWS_LAMBDA_FUNCTION_NAME: "f",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/f",
      AWS_LAMBDA_LOG_STREAM_NAME: "2026/11/25/[$LATEST]0123456789abcdef0123456789abcdef",
      LAMBDA_TASK_ROOT: task,
      LAMBDA_RUNTIME_DIR: client.folder,
      _HANDLER: tried.handler ?? "index.handler",
      _LAMBDA_TELEMETRY_LOG_FD: "3",
      // Disables the warning about callbacks: our client writes it to the log, but version 3 of AWS's client does not.
      AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING: "1",
      ...tried.environment,
    },
  });
  const framed = buffer(child.stdio[3] as Readable);
  child.stdout?.resume();
  child.stderr?.resume();
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const exitCode = await Promise.race([ended, api.exhausted.then(() => "asking" as const)]);
  if (exitCode === "asking") child.kill("SIGKILL");
  await ended;
  api.close();
  return {
    asked: api.asked,
    logged: messages(await framed),
    exitCode: exitCode === "asking" ? null : exitCode,
  };
}

/** Splits framed log messages. A frame consists of type, length, microseconds and text. */
function messages(bytes: Buffer): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at + 16 <= bytes.length;) {
    const length = bytes.readUInt32BE(at + 4);
    found.push(bytes.toString("utf8", at + 16, at + 16 + length));
    at += 16 + length;
  }
  return found;
}
