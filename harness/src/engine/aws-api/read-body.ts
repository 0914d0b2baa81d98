/**
 * Reads a whole request body. A body above the limit is read to its end and discarded, so that the sender receives the refusal and not a
 * reset. If a body exceeds the limit by more than 256 MiB, reading stops.
 */
import type { IncomingMessage } from "node:http";

const DISCARDED_BYTES_MAX = 256 * 1_048_576;

export class BodyTooLarge extends Error {
  override readonly name = "BodyTooLarge";
  readonly bytes: number;
  /** False if the body was not read to its end. The connection cannot be used again then. */
  readonly complete: boolean;

  constructor(bytes: number, complete: boolean) {
    super(`the body has ${bytes} bytes`);
    this.bytes = bytes;
    this.complete = complete;
  }
}

/** Thrown if the caller disconnected before its request was complete. No answer can be sent. */
export class UploadAborted extends Error {
  override readonly name = "UploadAborted";
}

const EMPTY = Buffer.alloc(0);

export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (request.destroyed) {
      reject(new UploadAborted("the upload was aborted"));
      return;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limit) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      if (bytes <= limit + DISCARDED_BYTES_MAX) return;
      request.pause();
      reject(new BodyTooLarge(bytes, false));
    });
    request.once("end", () => {
      if (bytes > limit) {
        reject(new BodyTooLarge(bytes, true));
        return;
      }
      const [first] = chunks;
      resolve(first === undefined ? EMPTY : chunks.length === 1 ? first : Buffer.concat(chunks, bytes));
    });
    request.once("close", () => {
      if (!request.complete) reject(new UploadAborted("the upload was aborted"));
    });
    request.once("error", () => reject(new UploadAborted("the upload was aborted")));
  });
}

export async function discardBody(request: IncomingMessage): Promise<void> {
  await readBody(request, 0).catch((error: unknown) => {
    if (!(error instanceof BodyTooLarge && error.complete)) throw error;
  });
}
