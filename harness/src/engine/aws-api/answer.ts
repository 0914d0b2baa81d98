/** Writes one complete HTTP answer. Does nothing if the caller has disconnected or was already answered. */
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
  // The headers become a list, because copying an object to add one member takes longer.
  const all: (string | number)[] = [];
  for (const name in headers) all.push(name, headers[name] ?? "");
  all.push("Content-Length", Buffer.byteLength(body));
  response.writeHead(status, all).end(body);
}

export function answerJson(
  response: ServerResponse,
  requestId: string,
  status: number,
  body: object | null,
): void {
  const headers = { "Content-Type": "application/json", "x-amzn-RequestId": requestId };
  if (body === null) {
    // A 204 has no Content-Length; any other empty answer needs a Content-Length of 0.
    answer(response, status, status === 204 ? headers : { ...headers, "Content-Length": 0 }, null);
    return;
  }
  answer(response, status, headers, JSON.stringify(body));
}

/** Answers with an error in AWS's form. `more`: headers in addition to the usual ones. */
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
