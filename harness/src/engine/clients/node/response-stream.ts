/**
 * Response streaming (docs/aws/runtime-api.md). A handler that `awslambda.streamifyResponse` has marked receives a stream for its response.
 * An error of the handler is sent in the trailers of the same request. Only the first streamed invocation loads this file and Node's streams.
 */
import { Writable } from "node:stream";
import { whenLoopIsEmpty } from "./empty-loop.ts";
import { errorPayload, RuntimeError, type ErrorPayload } from "./error-payload.ts";
import { logError } from "./console-patch.ts";
import type { Handler } from "./load-handler.ts";
import type { InvocationContext } from "./invocation-context.ts";
import type { ChunkedPost, NextInvocation, RuntimeConnection } from "./runtime-connection.ts";

export class ResponseStream extends Writable {
  readonly #open: (contentType: string) => ChunkedPost;
  #contentType = "application/octet-stream";
  #prelude: Buffer | null = null;
  #post: ChunkedPost | null = null;
  #failure: ErrorPayload | null = null;

  constructor(open: (contentType: string) => ChunkedPost) {
    super({ decodeStrings: true });
    this.#open = open;
    // Ignores the error of a write after the end, which concerns only the handler.
    this.on("error", () => undefined);
  }

  setContentType(contentType: string): void {
    if (this.#post !== null)
      throw new RuntimeError("Runtime.InvalidStreamingOperation", "Cannot set content-type, too late.");
    this.#contentType = contentType;
  }

  before(prelude: Buffer): void {
    this.#prelude = prelude;
  }

  /** Anything that is neither text nor bytes is written as JSON. */
  override write(...given: unknown[]): boolean {
    const [chunk, ...rest] = given;
    const plain = typeof chunk === "string" || chunk instanceof Uint8Array;
    return super.write.apply(this, [plain ? chunk : JSON.stringify(chunk), ...rest] as never);
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#started().write(chunk, done);
  }

  /** Ends the response of a handler that failed; the caller receives the error at the end of the response. */
  fail(error: unknown): void {
    this.#failure = errorPayload(error);
    this.end();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#started().end(this.#failure);
    done();
  }

  #started(): ChunkedPost {
    if (this.#post !== null) return this.#post;
    this.#post = this.#open(this.#contentType);
    if (this.#prelude !== null) this.#post.write(this.#prelude, () => undefined);
    return this.#post;
  }
}

/** Resolves with the next invocation after the response has ended. */
export async function streamAndNext(
  handler: Handler,
  invocation: NextInvocation,
  connection: RuntimeConnection,
  { context, settings }: InvocationContext,
): Promise<NextInvocation> {
  const stream = new ResponseStream((contentType) =>
    connection.openResponse(invocation.requestId, contentType),
  );
  const release = connection.hold();
  try {
    const returned = handler(JSON.parse(invocation.body), stream, context);
    if (typeof (returned as PromiseLike<unknown> | null | undefined)?.then !== "function")
      throw new Error("Streaming does not support non-async handlers.");
    const result = await (returned as PromiseLike<unknown>);
    // eslint-disable-next-line no-console -- the function's own console: the warning appears in its log, as with AWS's client
    if (result !== undefined) console.warn("Streaming handlers ignore return values.");
    // If the handler never ends the stream, the invocation times out.
    await finished(stream);
  } catch (error) {
    logError("Invoke Error", error);
    // If the stream has ended, the response was a success, and only the log shows the error.
    if (!stream.writableEnded) stream.fail(error);
    await finished(stream);
  }
  release();
  if (settings.callbackWaitsForEmptyEventLoop) await emptyEventLoop();
  return await connection.next();
}

/** If the handler destroyed the stream, this never resolves, and the invocation times out. */
function finished(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.writableFinished) resolve();
    else stream.once("finish", resolve);
  });
}

/** Resolves when the event loop is empty, so an open socket keeps the Invoke phase running. Client 3 waits like this for a callback too. */
function emptyEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    whenLoopIsEmpty(() => {
      whenLoopIsEmpty(null);
      resolve();
    });
  });
}
