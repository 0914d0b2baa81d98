/** POST /extension/register: an extension gives its name and the events that it wants. It can do so until the runtime's first `next`. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { header, readBody, refuse, reply } from "../runtime-api/reply.ts";
import type { ExtensionSession } from "./extension-session.ts";

const BODY_BYTES_MAX = 64 * 1024;

export async function handleRegister(
  session: ExtensionSession,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const events = parsedEvents(await readBody(request, BODY_BYTES_MAX));
  if (events === null)
    return refuse(
      response,
      403,
      "InvalidRequestFormat",
      'Expected a JSON body like {"events":["INVOKE","SHUTDOWN"]}',
    );
  const extension = session.registry.register(header(request, "lambda-extension-name"), events);
  if ("errorType" in extension) return refuse(response, 403, extension.errorType, extension.errorMessage);
  const { accountId, ...facts } = session.facts;
  const wantsAccount = header(request, "lambda-extension-accept-feature")
    .split(",")
    .some((feature) => feature.trim() === "accountId");
  const body = wantsAccount ? { accountId, ...facts } : facts;
  reply(response, 200, JSON.stringify(body), ["Lambda-Extension-Identifier", extension.id]);
  session.listener.extensionRegistered();
}

function parsedEvents(body: Buffer | null): readonly string[] | null {
  try {
    const events = (JSON.parse(body?.toString() ?? "") as { events?: unknown }).events ?? [];
    return Array.isArray(events) && events.every((event) => typeof event === "string") ? events : null;
  } catch {
    return null;
  }
}
