/** POST /runtime/invocation/{id}/error: the function failed, and the caller gets the body (docs/aws/runtime-api.md). */
import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "./reply.ts";
import { ANSWER_BYTES_MAX } from "./response.ts";
import { asksForNext, finishAndConfirm, type RuntimeSession } from "./runtime-session.ts";

export async function handleError(
  session: RuntimeSession,
  requestId: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const headAt = session.monotonic();
  if (!session.beginAnswerOrRefuse(requestId, "InvocationErrorResponse", response)) return;
  const payload = (await readBody(request, ANSWER_BYTES_MAX)) ?? Buffer.from("{}");
  finishAndConfirm(session, asksForNext(request), response, {
    payload,
    contentType: "application/json",
    streamedBytes: 0,
    functionError: true,
    headAt,
  });
}
