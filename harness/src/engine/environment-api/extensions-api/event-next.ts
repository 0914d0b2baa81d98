/** GET /extension/event/next: an extension has finished its work and waits for the next event, without a time limit. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ExtensionSession } from "./extension-session.ts";
import { identifyOrRefuse, refuseState } from "./identify-extension.ts";

export function handleEventNext(
  session: ExtensionSession,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const extension = identifyOrRefuse(session, request, response);
  if (extension === null) return;
  if (extension.state !== "registered" && extension.state !== "running")
    return refuseState(response, extension, "Ready");
  session.waitForEvent(extension, response);
}
