/**
 * Reads a request's body whole, never keeping more than a limit. What is larger is read to its end and thrown away, so
 * that the sender gets to read the refusal instead of a reset; beyond a generous bound it is cut off.
 */
import type { IncomingMessage } from "node:http";

const DISCARDED_BYTES_MAX = 256 * 1_048_576;

export class BodyTooLarge extends Error {
  override readonly name = "BodyTooLarge";
  readonly bytes: number;
  /** False: the sender was cut off, and the connection is of no more use. */
  readonly complete: boolean;

  constructor(bytes: number, complete: boolean) {
    super(`the body has ${bytes} bytes`);
    this.bytes = bytes;
    this.complete = complete;
  }
}

/** The caller went away before its request was whole: there is nobody to answer. */
export class UploadAborted extends Error {
  override readonly name = "UploadAborted";
}

const EMPTY = Buffer.alloc(0);

export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
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

/** Reads a body that nobody wants, so that the answer is read and not lost in a reset. */
export async function discardBody(request: IncomingMessage): Promise<void> {
  await readBody(request, 0).catch((error: unknown) => {
    if (!(error instanceof BodyTooLarge && error.complete)) throw error;
  });
}
