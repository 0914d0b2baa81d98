/** Starts a family's client as Lambda does, on a Runtime API that keeps the requests, and returns the client's requests. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { interpreterOf } from "../../../src/adapters/toolchains/interpreters.ts";
import type { RuntimeClient } from "../../../src/engine/runtime-client.ts";
import { runtimeOf } from "../../../src/catalogue/runtimes/all-runtimes.ts";
import { type Asked, RecordingRuntimeApi } from "../runtime-client/recording-runtime-api.ts";

export interface OwnClientRun {
  readonly runtime: string;
  readonly handler: string;
  readonly codeFolder: string;
  readonly client: RuntimeClient;
  readonly events: readonly object[];
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Resolves when the client requests an event after the last event, or when its process ends. The requests for events are not among the
 * returned requests.
 */
export async function runOwnClient(run: OwnClientRun): Promise<readonly Asked[]> {
  const { runtime, handler, codeFolder, client } = run;
  const { version, local } = runtimeOf(runtime);
  const interpreter = interpreterOf(process.env)(runtime);
  const [program = "", ...args] = local.commandLine({
    version,
    interpreter: interpreter?.file ?? join(codeFolder, "bootstrap"),
    interpreterVersion: interpreter?.version ?? "",
    clientFile: join(client.folder, client.file),
    archive: null,
    taskRoot: codeFolder,
    layers: [],
    handler,
    memorySizeMb: 512,
    launcher: "",
    environment: run.environment,
    knowsFlag: () => true,
  });
  mkdirSync(codeFolder, { recursive: true });
  const api = await RecordingRuntimeApi.open(run.events.map((event) => ({ event })));
  const { changeable, reserved } = local.variables({
    version,
    taskRoot: codeFolder,
    runtimeFolder: client.folder,
    layers: [],
    accessKeyId: "key",
    secretAccessKey: "secret",
  });
  const child = spawn(program, args, {
    cwd: codeFolder,
    stdio: "ignore",
    env: {
      PATH: process.env["PATH"],
      ...changeable,
      ...reserved,
      AWS_LAMBDA_RUNTIME_API: api.address,
      AWS_LAMBDA_FUNCTION_NAME: "probe",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/probe",
      AWS_LAMBDA_LOG_STREAM_NAME: "2026/11/25/[$LATEST]0123456789abcdef0123456789abcdef",
      LAMBDA_TASK_ROOT: codeFolder,
      LAMBDA_RUNTIME_DIR: client.folder,
      _HANDLER: handler,
      ...run.environment,
    },
  });
  const ended = once(child, "exit");
  await Promise.race([ended, api.exhausted]);
  child.kill("SIGKILL");
  await ended;
  api.close();
  return api.asked.filter(({ call }) => !call.endsWith("/invocation/next"));
}
