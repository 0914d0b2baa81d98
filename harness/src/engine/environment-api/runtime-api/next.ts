/** GET /runtime/invocation/next: waits without a time limit for the environment's next invocation (docs/aws/runtime-api.md). */
import type { IncomingMessage, ServerResponse } from "node:http";
import { accept, header } from "./reply.ts";
import type { RuntimeAnswer, RuntimeSession } from "./runtime-session.ts";

export function handleNext(session: RuntimeSession, response: ServerResponse): void {
  if (session.moveOrRefuse("Ready", response)) session.waitForEvent(response);
}

/** With this header our own client for Node.js asks for its next event in the request that brings its answer, which saves a request. */
export function asksForNext(request: IncomingMessage): boolean {
  return header(request, "longrun-then-next") !== "";
}

/**
 * Confirms to the runtime that its answer was received. If the request also asks for the next event, that event is the confirmation. The
 * caller gets the answer first, because the runtime may take the engine's processor when it goes on.
 */
export function finishAndConfirm(
  session: RuntimeSession,
  alsoNext: boolean,
  response: ServerResponse,
  answer: RuntimeAnswer,
): void {
  session.finishAnswer(answer);
  if (alsoNext) handleNext(session, response);
  else accept(response);
}
