/** Answers that are refusals: of a request that may not enter, and of whatever a request made the engine throw. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { LongrunError } from "../../domain/errors.ts";
import { LambdaError } from "../request-validation/lambda-error.ts";
import { answerError } from "./answer.ts";
import { answerLogsError } from "./logs/logs-api.ts";
import { BodyTooLarge, UploadAborted, discardBody } from "./read-body.ts";

export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
}

/** The body is read to its end first, so that the refusal is read and not lost in a reset. */
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
  answerError(
    response,
    requestId,
    new LambdaError("ServiceException", "The local engine failed; its log says why."),
  );
}

/** Without a stack if the operator can do something about it. */
function failureText(error: unknown): string {
  if (error instanceof LongrunError) return [error.message, error.hint ?? ""].join(" ").trim();
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
