/** Finds the extension that sent a request, or answers with AWS's refusal (docs/aws/extensions.md#extensions-api). */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Extension } from "../extension-registry.ts";
import { header, refuse } from "../runtime-api/reply.ts";
import type { ExtensionSession } from "./extension-session.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function identifyOrRefuse(
  session: ExtensionSession,
  request: IncomingMessage,
  response: ServerResponse,
): Extension | null {
  const id = header(request, "lambda-extension-identifier");
  if (id === "") {
    refuse(
      response,
      403,
      "Extension.MissingExtensionIdentifier",
      "Missing Lambda-Extension-Identifier header",
    );
    return null;
  }
  if (!UUID.test(id)) {
    refuse(response, 403, "Extension.InvalidExtensionIdentifier", "Invalid Lambda-Extension-Identifier");
    return null;
  }
  const extension = session.registry.find(id);
  if (extension === null)
    refuse(response, 403, "Extension.UnknownExtensionIdentifier", `Unknown extension ${id}`);
  return extension;
}

export function refuseState(response: ServerResponse, extension: Extension, wanted: string): void {
  const message = `State transition from ${extension.state} to ${wanted} failed for extension ${extension.name}. Error: State transition is not allowed`;
  refuse(response, 403, "Extension.InvalidExtensionState", message);
}
