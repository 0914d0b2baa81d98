/**
 * Reads the headers and the body of an Invoke request. Throws AWS's error if the client context or the body is not valid
 * (docs/aws/invoke-api.md).
 */
import type { IncomingHttpHeaders } from "node:http";
import { LambdaError } from "../../request-validation/lambda-error.ts";

export type InvocationType = "RequestResponse" | "Event" | "DryRun";

export interface InvokeHeaders {
  readonly invocationType: InvocationType;
  readonly tail: boolean;
  /** The client context as decoded JSON text, or null. */
  readonly clientContext: string | null;
}

export const INVOKE_BYTES_MAX = { RequestResponse: 6_291_456, Event: 1_048_576, DryRun: 6_291_456 } as const;
const CLIENT_CONTEXT_BYTES_MAX = 3_583;
const EMPTY_EVENT = Buffer.from("{}");

export function readInvokeHeaders(headers: IncomingHttpHeaders): InvokeHeaders {
  const invocationType = singleHeader(headers["x-amz-invocation-type"]) ?? "RequestResponse";
  const logType = singleHeader(headers["x-amz-log-type"]) ?? "None";
  return {
    invocationType: invocationType as InvocationType,
    tail: logType === "Tail" && invocationType === "RequestResponse",
    clientContext: readClientContext(singleHeader(headers["x-amz-client-context"])),
  };
}

function singleHeader(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function readClientContext(sent: string | undefined): string | null {
  if (sent === undefined) return null;
  if (sent.length > CLIENT_CONTEXT_BYTES_MAX) {
    throw new LambdaError(
      "InvalidRequestContentException",
      `Client context must be no more than ${CLIENT_CONTEXT_BYTES_MAX} bytes.`,
    );
  }
  const text = Buffer.from(sent, "base64").toString("utf8");
  try {
    JSON.parse(text);
  } catch {
    throw new LambdaError(
      "InvalidRequestContentException",
      "Could not parse client context into json: Client context must be a valid Base64-encoded JSON object.",
    );
  }
  // The text is passed to the runtime in a header, which must not contain line breaks.
  return text.replace(/[\r\n]+/g, " ");
}

/** Returns the event that the function receives: the caller's bytes, or `{}` if the body is empty. */
export function readPayload(body: Buffer): Buffer {
  if (body.length === 0) return EMPTY_EVENT;
  try {
    JSON.parse(body.toString("utf8"));
    return body;
  } catch (error) {
    const reason = (error as Error).message.slice(0, 512);
    throw new LambdaError(
      "InvalidRequestContentException",
      `Could not parse request body into json: Could not parse payload into json: ${reason}`,
    );
  }
}

export function payloadTooLarge(bytes: number, type: InvocationType): LambdaError {
  const text = `${bytes} byte payload is too large for the ${type} invocation type (limit ${INVOKE_BYTES_MAX[type]} bytes)`;
  return new LambdaError("RequestEntityTooLargeException", text);
}
