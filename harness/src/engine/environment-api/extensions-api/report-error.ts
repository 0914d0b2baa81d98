/** POST /extension/init/error and /extension/exit/error: the environment fails (docs/aws/extensions.md#extensions-api). */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ExtensionState } from "../extension-registry.ts";
import { accept, header, refuse } from "../runtime-api/reply.ts";
import type { ExtensionSession } from "./extension-session.ts";
import { identifyOrRefuse, refuseState } from "./identify-extension.ts";

interface ErrorReport {
  readonly state: ExtensionState;
  /** The name of the state as AWS writes it in a refusal. */
  readonly shownState: string;
  readonly errorType: string;
  readonly allowedFrom: readonly ExtensionState[];
}

export const INIT_ERROR: ErrorReport = {
  state: "init-error",
  shownState: "InitError",
  errorType: "Extension.InitError",
  allowedFrom: ["registered"],
};

export const EXIT_ERROR: ErrorReport = {
  state: "exit-error",
  shownState: "ExitError",
  errorType: "Extension.ExitError",
  allowedFrom: ["started", "registered", "ready", "running"],
};

export function handleReportedError(
  report: ErrorReport,
  session: ExtensionSession,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  request.resume();
  const extension = identifyOrRefuse(session, request, response);
  if (extension === null) return;
  if (header(request, "lambda-extension-function-error-type") === "") {
    return refuse(response, 403, "Extension.MissingHeader", "Lambda-Extension-Function-Error-Type not found");
  }
  if (!report.allowedFrom.includes(extension.state))
    return refuseState(response, extension, report.shownState);
  session.registry.setState(extension.id, report.state);
  accept(response);
  session.listener.extensionFailed(extension.name, report.errorType);
}
