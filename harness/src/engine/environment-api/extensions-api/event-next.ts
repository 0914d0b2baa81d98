/** GET /extension/event/next: an extension has done its part and waits for the next event, without a limit. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ExtensionSession } from "./extension-session.ts";
import { identifiedOrRefuse, refuseState } from "./identified.ts";

export function handleEventNext(
  session: ExtensionSession,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const extension = identifiedOrRefuse(session, request, response);
  if (extension === null) return;
  if (extension.state !== "registered" && extension.state !== "running")
    return refuseState(response, extension, "Ready");
  session.waitForEvent(extension, response);
}
