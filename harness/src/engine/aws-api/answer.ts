/** Writes an answer of the Lambda API, whole and once. A caller that has gone away is no fault. */
import type { ServerResponse } from "node:http";
import type { LambdaError } from "../request-validation/lambda-error.ts";

export type Headers = Readonly<Record<string, string | number>>;

export function answer(
  response: ServerResponse,
  status: number,
  headers: Headers,
  body: Buffer | string | null,
): void {
  if (response.headersSent || response.destroyed) return;
  if (body === null) {
    response.writeHead(status, headers).end();
    return;
  }
  response.writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(body) }).end(body);
}

export function answerJson(
  response: ServerResponse,
  requestId: string,
  status: number,
  body: object | null,
): void {
  const headers = { "Content-Type": "application/json", "x-amzn-RequestId": requestId };
  if (body === null) {
    // 204 has no length, any other empty answer says that it is empty.
    answer(response, status, status === 204 ? headers : { ...headers, "Content-Length": 0 }, null);
    return;
  }
  answer(response, status, headers, JSON.stringify(body));
}

/** `more`: headers beside the usual ones. */
export function answerError(
  response: ServerResponse,
  requestId: string,
  error: LambdaError,
  more: Headers = {},
): void {
  answer(
    response,
    error.status,
    {
      "Content-Type": "application/json",
      "x-amzn-RequestId": requestId,
      "x-amzn-ErrorType": error.code,
      ...more,
    },
    error.body,
  );
}
