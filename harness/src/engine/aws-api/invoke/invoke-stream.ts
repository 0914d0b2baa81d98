/**
 * InvokeWithResponseStream: answers with an event stream. A streamed response is passed on chunk by chunk; a response that is not streamed
 * becomes one PayloadChunk. The InvokeComplete event ends the stream, and holds the error if the function failed.
 */
import type { ServerResponse } from "node:http";
import type { EventStreamCodec } from "@smithy/core/event-streams";
import type { InvokeResult, ResponseSink } from "../../fleet-contract.ts";
import { type Headers, answer } from "../answer.ts";
import { type InvokeCall, type InvokeContext, prepareInvocation, requireAnswer } from "./invoke.ts";

/** Loads the codec at the first stream, because loading it earlier would slow down the engine's start. */
async function openCodec(): Promise<EventStreamCodec> {
  const streams = await import("@smithy/core/event-streams");
  return new streams.EventStreamCodec(
    (bytes) => (typeof bytes === "string" ? bytes : Buffer.from(bytes).toString("utf8")),
    (text) => Buffer.from(text, "utf8"),
  );
}

export async function invokeStream(call: InvokeCall, context: InvokeContext): Promise<void> {
  const { response, requestId } = call;
  const prepared = await prepareInvocation(call, context, "InvokeWithResponseStream");
  if (prepared.invocationType === "DryRun") {
    answer(response, 204, { "x-amzn-RequestId": requestId }, null);
    return;
  }
  const { record, version, tail } = prepared;
  const stream = new AnswerStream(response, await openCodec(), {
    ...prepared.headers,
    "Content-Type": "application/vnd.amazon.eventstream",
    "X-Amz-Executed-Version": version.version,
  });
  const request = { ...prepared.request, sink: stream };
  const result = await context.fleet.invoke(record.fleetKey, version.version, request);
  // The status was already sent and cannot be changed, so the connection is cut: the caller sees an incomplete stream.
  if (stream.begun && result.kind !== "answered") response.destroy();
  else stream.end(requireAnswer(result), tail);
}

class AnswerStream implements ResponseSink {
  begun = false;
  readonly #response: ServerResponse;
  readonly #codec: EventStreamCodec;
  readonly #headers: Headers;

  constructor(response: ServerResponse, codec: EventStreamCodec, headers: Headers) {
    this.#response = response;
    this.#codec = codec;
    this.#headers = headers;
  }

  async write(chunk: Buffer): Promise<void> {
    if (this.#send(this.#event("PayloadChunk", "application/octet-stream", chunk))) return;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        this.#response.off("drain", go).off("close", go);
        resolve();
      };
      this.#response.once("drain", go).once("close", go);
    });
  }

  end(result: Extract<InvokeResult, { kind: "answered" }>, tail: boolean): void {
    const failed = result.functionError !== null;
    const complete = {
      ...(failed ? { ErrorCode: result.functionError, ErrorDetails: result.payload.toString("utf8") } : {}),
      ...(tail ? { LogResult: result.logTail.toString("base64") } : {}),
    };
    if (!failed && result.payload.length > 0)
      this.#send(this.#event("PayloadChunk", "application/octet-stream", result.payload));
    this.#send(this.#event("InvokeComplete", "application/json", Buffer.from(JSON.stringify(complete))));
    this.#response.end();
  }

  /** Returns false if the next bytes must wait until the caller has read `bytes`. If the caller has disconnected, discards `bytes`. */
  #send(bytes: Uint8Array): boolean {
    if (this.#response.destroyed) return true;
    // The length is not known in advance, so the response is chunked, as on AWS.
    if (!this.begun) this.#response.writeHead(200, this.#headers);
    this.begun = true;
    return this.#response.write(bytes);
  }

  #event(type: string, contentType: string, body: Uint8Array): Uint8Array {
    const text = (value: string): { readonly type: "string"; readonly value: string } => ({
      type: "string",
      value,
    });
    return this.#codec.encode({
      headers: {
        ":event-type": text(type),
        ":content-type": text(contentType),
        ":message-type": text("event"),
      },
      body,
    });
  }
}
