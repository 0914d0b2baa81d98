/**
 * POST /runtime/invocation/{id}/response: the function's result (docs/aws/runtime-api.md, docs/aws/invoke-api.md#function-errors). A
 * streamed response is forwarded while it arrives, if the caller takes a stream. The trailers of a response in chunks may report an error.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ResponseSink } from "../../fleet-contract.ts";
import { header, readBody, refuse } from "./reply.ts";
import { asksForNext, finishAndConfirm, type RuntimeAnswer, type RuntimeSession } from "./runtime-session.ts";

/** The limit of a response that is not streamed, and of an error that the runtime reports. */
export const ANSWER_BYTES_MAX = 6 * 1024 * 1024 + 100;
/** Lambda's quota of a streamed response. */
const STREAMED_BYTES_MAX = 200 * 1024 * 1024;

const NOTHING = Buffer.alloc(0);

export async function handleResponse(
  session: RuntimeSession,
  requestId: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const headAt = session.monotonic();
  if (!session.beginAnswerOrRefuse(requestId, "InvocationResponse", response)) return;
  const mode = header(request, "lambda-runtime-function-response-mode");
  // AWS's client for Go sends the bytes of an io.Reader in chunks, without the header that announces a stream (docs/aws/runtime-api.md).
  const inChunks = header(request, "transfer-encoding").toLowerCase() === "chunked";
  const streamed = mode === "streaming" || (mode === "" && inChunks && session.sink !== null);
  const received = await (streamed ? receiveStream(request, session.sink) : receiveComplete(request));
  const failed = (payload: Buffer): RuntimeAnswer => ({
    payload,
    contentType: "application/json",
    streamedBytes: received.streamedBytes,
    functionError: true,
    headAt,
  });
  if (mode !== "" && mode !== "streaming") {
    refuse(response, 400, "InvalidFunctionResponseMode", `Invalid function response mode: ${mode}`);
    return session.finishAnswer(
      failed(errorBody("Runtime.InvalidResponseModeHeader", "Invalid function response mode")),
    );
  }
  if (received.limit !== null) {
    const limit = `maximum allowed payload size (${received.limit} bytes).`;
    refuse(response, 413, "RequestEntityTooLarge", `Exceeded ${limit}`);
    return session.finishAnswer(
      failed(errorBody("Function.ResponseSizeTooLarge", `Response payload size exceeded ${limit}`)),
    );
  }
  const failure = trailingError(request);
  const given = header(request, "content-type");
  const answer: RuntimeAnswer =
    failure === null
      ? {
          payload: received.payload,
          contentType: given === "" ? "application/json" : given,
          streamedBytes: received.streamedBytes,
          functionError: false,
          headAt,
        }
      : failed(failure);
  finishAndConfirm(session, asksForNext(request), response, answer);
}

interface Received {
  readonly payload: Buffer;
  readonly streamedBytes: number;
  /** The limit that the response exceeds, or null. */
  readonly limit: number | null;
}

async function receiveComplete(request: IncomingMessage): Promise<Received> {
  const payload = await readBody(request, ANSWER_BYTES_MAX);
  return {
    payload: payload ?? NOTHING,
    streamedBytes: 0,
    limit: payload === null ? ANSWER_BYTES_MAX : null,
  };
}

/** If the caller takes no stream (`sink` is null), the chunks are collected, and the limit of a response that is not streamed applies. */
async function receiveStream(request: IncomingMessage, sink: ResponseSink | null): Promise<Received> {
  const most = sink === null ? ANSWER_BYTES_MAX : STREAMED_BYTES_MAX;
  const kept: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > most) kept.length = 0;
    else if (sink === null) kept.push(chunk);
    else await sink.write(chunk);
  }
  return {
    payload: Buffer.concat(kept),
    streamedBytes: sink === null ? 0 : bytes,
    limit: bytes > most ? most : null,
  };
}

/** AWS writes `errorMessage` first here (docs/aws/invoke-api.md#function-errors). */
function errorBody(errorType: string, errorMessage: string): Buffer {
  return Buffer.from(JSON.stringify({ errorMessage, errorType }));
}

function trailingError({ trailers }: IncomingMessage): Buffer | null {
  const body = trailers["lambda-runtime-function-error-body"];
  const errorType = trailers["lambda-runtime-function-error-type"];
  if (body === undefined && errorType === undefined) return null;
  const text = Buffer.from(body ?? "", "base64");
  return text.length > 0 ? text : Buffer.from(JSON.stringify({ errorType }));
}
