/** Answers with an error: to a request that is not allowed, and to a request that caused an error in the engine. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { LongrunError } from "../../base/errors.ts";
import { isMachineFault } from "../machine-fault.ts";
import { LambdaError } from "../request-validation/lambda-error.ts";
import { answerError } from "./answer.ts";
import { answerLogsError } from "./logs/logs-api.ts";
import { BodyTooLarge, UploadAborted, discardBody } from "./read-body.ts";

export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
}

/** Reads the body to its end first, so that the sender receives the answer and not a reset. */
export async function refuse({ request, response, requestId }: Visit, error: LambdaError): Promise<void> {
  await discardBody(request);
  if (request.headers["x-amz-target"] === undefined) answerError(response, requestId, error);
  else
    answerLogsError(response, requestId, { status: error.status, type: error.code, message: error.message });
}

export function answerFailure(
  { request, response, requestId }: Visit,
  error: unknown,
  report: (problem: string) => void,
): void {
  if (error instanceof UploadAborted) return;
  if (error instanceof LambdaError) {
    answerError(response, requestId, error);
    return;
  }
  if (error instanceof BodyTooLarge) {
    const tooLarge = new LambdaError(
      "RequestEntityTooLargeException",
      `The request is too large: ${error.bytes} bytes`,
    );
    answerError(response, requestId, tooLarge, error.complete ? {} : { Connection: "close" });
    return;
  }
  report(`${request.method} ${(request.url ?? "").slice(0, 256)}: ${failureText(error)}`);
  // A LongrunError or a machine fault says what is wrong with this computer. The caller can mend that, so the answer contains the message.
  const text =
    error instanceof LongrunError || isMachineFault(error)
      ? failureText(error)
      : "The local engine failed; its log says why.";
  answerError(response, requestId, new LambdaError("ServiceException", text));
}

/** The stack is left out if the operator can mend the cause. */
function failureText(error: unknown): string {
  if (error instanceof LongrunError) return [error.message, error.hint ?? ""].join(" ").trim();
  if (isMachineFault(error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
