/**
 * Our Lambda runtime client: the program that an execution environment runs. Its start-up time is part of every cold start, so it loads few
 * modules. In this folder, client 3 and client 4 are the major versions of AWS's own client: client 4 is for nodejs24.x and later, client 3
 * for all earlier runtimes.
 */
import { watchLoop, whenLoopIsEmpty } from "./empty-loop.ts";
import { errorPayload, UnhandledPromiseRejection } from "./error-payload.ts";
import { defineStreaming } from "./define-streaming.ts";
import { hideFlags } from "./hide-flags.ts";
import { invocationContext } from "./invocation-context.ts";
import { loadHandler, type Handler } from "./load-handler.ts";
import { logError, patchConsole, setInvocation } from "./console-patch.ts";
import { RuntimeConnection, type NextInvocation } from "./runtime-connection.ts";
import type * as Streaming from "./response-stream.ts";
import { runHandler } from "./run-handler.ts";
import { majorVersion } from "./runtime-generation.ts";
import { isStreaming } from "./streaming-mark.ts";

const connection = new RuntimeConnection(process.env["AWS_LAMBDA_RUNTIME_API"] ?? "");
let requestIdInFlight: string | null = null;

async function reportFatal(title: string, error: unknown, exitCode: number): Promise<void> {
  logError(title, error);
  await (requestIdInFlight === null
    ? connection.initError(errorPayload(error))
    : connection.invocationError(requestIdInFlight, errorPayload(error)));
  process.exit(exitCode);
}

/** Before nodejs24.x the process exits with client 3's codes (docs/aws/nodejs.md#exit-codes). From nodejs24.x on, Node exits with 1. */
function watchUncaught(): void {
  if (majorVersion >= 24) return;
  process.on("uncaughtException", (error) => void reportFatal("Uncaught Exception", error, 129));
  process.on(
    "unhandledRejection",
    (reason, promise) =>
      void reportFatal("Unhandled Promise Rejection", new UnhandledPromiseRejection(reason, promise), 128),
  );
}

async function answer(handler: Handler, invocation: NextInvocation): Promise<NextInvocation> {
  requestIdInFlight = invocation.requestId;
  setInvocation(invocation.requestId, invocation.tenantId);
  if (invocation.traceId === null) delete process.env["_X_AMZN_TRACE_ID"];
  else process.env["_X_AMZN_TRACE_ID"] = invocation.traceId;
  if (isStreaming(handler)) {
    const { streamAndNext } = require("./response-stream.ts") as typeof Streaming;
    const context = invocationContext(invocation, majorVersion);
    const next = await streamAndNext(handler, invocation, connection, context);
    requestIdInFlight = null;
    return next;
  }
  let body: string;
  try {
    body = await runHandler(handler, invocation.body, invocationContext(invocation, majorVersion));
  } catch (error) {
    logError("Invoke Error", error);
    requestIdInFlight = null;
    return connection.failAndNext(invocation.requestId, errorPayload(error));
  }
  requestIdInFlight = null;
  return connection.respondAndNext(invocation.requestId, body);
}

async function initialise(): Promise<Handler> {
  // If a module-scope await never settles, the event loop runs empty. Client 3 awaits the handler's module in its own module scope, so Node
  // exits with 13; client 4 exits with 0.
  whenLoopIsEmpty(() => process.exit(majorVersion < 24 ? 13 : 0));
  try {
    return await loadHandler(
      process.env["LAMBDA_TASK_ROOT"] ?? process.cwd(),
      process.env["_HANDLER"] ?? "",
      majorVersion,
    );
  } finally {
    whenLoopIsEmpty(null);
  }
}

async function main(): Promise<void> {
  hideFlags();
  watchLoop();
  patchConsole(majorVersion);
  defineStreaming();
  watchUncaught();
  let handler: Handler;
  try {
    handler = await initialise();
  } catch (error) {
    return await (majorVersion < 24
      ? reportFatal("Uncaught Exception", error, 129)
      : reportFatal("Init Error", error, 1));
  }
  let invocation = await connection.next();
  for (;;) invocation = await answer(handler, invocation);
}

void main();
