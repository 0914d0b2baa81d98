/** POST /runtime/init/error: the runtime could not initialise. The environment repeats the Init at the next invocation. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { accept, header, readBody } from "./reply.ts";
import { ANSWER_BYTES_MAX } from "./response.ts";
import type { RuntimeSession } from "./runtime-session.ts";

export async function handleInitError(
  session: RuntimeSession,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!session.moveOrRefuse("InitError", response)) return;
  const payload = (await readBody(request, ANSWER_BYTES_MAX)) ?? Buffer.from("{}");
  accept(response);
  session.listener.runtimeFailedInit(
    payload,
    validErrorType(header(request, "lambda-runtime-function-error-type")),
  );
}

/** Returns the error type that the runtime sent if AWS shows it unchanged, else an `Unknown` type (docs/aws/lifecycle.md#error-types). */
function validErrorType(given: string): string {
  if (/^(Runtime|Function)\.[A-Z][A-Za-z]+$/.test(given)) return given;
  return given.startsWith("Function.") ? "Function.Unknown" : "Runtime.Unknown";
}
