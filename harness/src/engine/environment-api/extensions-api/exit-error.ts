/**
 * POST /extension/exit/error: an extension reports that it is about to end with an error; its environment fails
 * (docs/aws/extensions.md#extensions-api).
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { accept, header, refuse } from "../runtime-api/reply.ts";
import type { ExtensionSession } from "./extension-session.ts";
import { identifiedOrRefuse, refuseState } from "./identified.ts";

export function handleExitError(
  session: ExtensionSession,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  request.resume();
  const extension = identifiedOrRefuse(session, request, response);
  if (extension === null) return;
  if (header(request, "lambda-extension-function-error-type") === "") {
    return refuse(response, 403, "Extension.MissingHeader", "Lambda-Extension-Function-Error-Type not found");
  }
  if (extension.state === "exit-error" || extension.state === "init-error")
    return refuseState(response, extension, "ExitError");
  session.registry.setState(extension.id, "exit-error");
  accept(response);
  session.listener.extensionFailed(extension.name, "Extension.ExitError");
}
