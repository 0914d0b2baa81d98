/** PUT /2022-07-01/telemetry: an extension subscribes. It can do so until the Init phase is over (docs/aws/extensions.md#telemetry-api). */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ExtensionSession } from "../extensions-api/extension-session.ts";
import { identifyOrRefuse } from "../extensions-api/identify-extension.ts";
import { readBody, refuse, reply } from "../runtime-api/reply.ts";
import { readSubscription } from "./subscription-request.ts";
import type { TelemetryHub } from "./telemetry-hub.ts";

const BODY_BYTES_MAX = 64 * 1024;

export async function handleSubscribe(
  extensions: ExtensionSession,
  telemetry: TelemetryHub,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, BODY_BYTES_MAX);
  const extension = identifyOrRefuse(extensions, request, response);
  if (extension === null) return;
  const subscription = body === null ? "the body is too large" : readSubscription(body.toString());
  if (typeof subscription === "string") return refuse(response, 400, "ValidationError", subscription);
  if (!telemetry.subscribe(extension.name, subscription))
    return refuse(response, 403, "Telemetry.SubscriptionClosed", "Telemetry API subscription is closed");
  reply(response, 200, '"OK"');
}
