/** GET /runtime/invocation/next: waits without a time limit for the environment's next invocation (docs/aws/runtime-api.md). */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { RuntimeSession } from "./runtime-session.ts";

export async function handleNext(
  session: RuntimeSession,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await session.afterAnswerOf(request.socket);
  if (session.moveOrRefuse("Ready", response)) session.waitForEvent(response);
}
