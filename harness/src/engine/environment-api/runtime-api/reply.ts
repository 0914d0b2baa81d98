/** How the in-environment APIs answer: JSON with a Content-Length, errors as `{errorMessage, errorType}` (docs/aws/runtime-api.md). */
import type { IncomingMessage, ServerResponse } from "node:http";

/** Names and values in turn, because an object with so many names takes longer. */
export type HeaderList = readonly string[];

export function reply(
  response: ServerResponse,
  status: number,
  body: string | Buffer,
  headers: HeaderList = [],
  contentType = "application/json",
): void {
  if (response.destroyed) return;
  const length = String(Buffer.byteLength(body));
  response.writeHead(status, [...headers, "Content-Length", length, "Content-Type", contentType]);
  response.end(body);
}

export function accept(response: ServerResponse): void {
  reply(response, 202, '{"status":"OK"}\n');
}

export function refuse(
  response: ServerResponse,
  status: number,
  errorType: string,
  errorMessage: string,
): void {
  reply(response, status, `${JSON.stringify({ errorMessage, errorType })}\n`);
}

/** Returns null if the body is larger than `limit`. The body is still read to its end, so that the sender can receive the answer. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.once("end", () => resolve(size > limit ? null : Buffer.concat(chunks)));
    request.once("error", reject);
    request.once("close", () => {
      // Creating an error takes long, so it is created only if it is needed.
      if (!request.complete) reject(new Error("the request was cut off"));
    });
  });
}

/** Returns the first value of a header, or an empty string. */
export function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === "string" ? value : (value?.[0] ?? "");
}
