/**
 * Serves the requests of warm invocations (small-request.ts) without Node's HTTP server, which needs about 0.05 ms more for each. If any
 * other bytes come, the connection is given to the HTTP server for the rest of its life.
 */
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { finishAndConfirm, handleNext } from "./next.ts";
import type { Answering } from "./reply.ts";
import type { RuntimeSession } from "./runtime-session.ts";
import { readSmallRequest, type SmallRequest } from "./small-request.ts";

/** `currentSession` is null between two boots. `serveHttp` passes the connection to the HTTP server. */
export function serveWarmPath(
  socket: Socket,
  currentSession: () => RuntimeSession | null,
  serveHttp: () => void,
): void {
  const answering = answerOn(socket);
  /** The beginning of a request, and when its head arrived. */
  let begun: { readonly bytes: Buffer; readonly headAt: number } | null = null;
  // A request that is cut off because its process ends is ignored.
  const ignore = (): void => undefined;
  const close = (): void => void socket.end();
  const take = (chunk: Buffer): void => {
    const session = currentSession();
    const bytes = begun === null ? chunk : Buffer.concat([begun.bytes, chunk]);
    const request = session === null ? "unknown" : readSmallRequest(bytes);
    if (session === null || request === "unknown" || isStreamed(request, session)) {
      socket.off("data", take);
      socket.off("error", ignore);
      socket.off("end", close);
      serveHttp();
      socket.unshift(bytes);
      return;
    }
    const headAt = begun?.headAt ?? session.monotonic();
    begun = request === "incomplete" ? { bytes, headAt } : null;
    if (request !== "incomplete") serve(session, request, headAt, answering);
  };
  socket.on("error", ignore);
  socket.on("end", close);
  socket.on("data", take);
}

/** Whether the caller takes a stream, and the response comes in chunks or is not complete. Node's HTTP server can pass on its pieces. */
function isStreamed(request: SmallRequest | "incomplete", session: RuntimeSession): boolean {
  return session.sink !== null && (request === "incomplete" || request.chunked);
}

function serve(session: RuntimeSession, request: SmallRequest, headAt: number, answering: Answering): void {
  const { answers, contentType, asksForNext, body } = request;
  if (answers === null) return handleNext(session, answering);
  if (!session.beginAnswerOrRefuse(answers, "InvocationResponse", answering)) return;
  finishAndConfirm(session, asksForNext, answering, {
    payload: body,
    contentType,
    streamedBytes: 0,
    functionError: false,
    headAt,
  });
}

/** Writes an answer with one system call. */
function answerOn(socket: Socket): Answering {
  let head = "";
  return {
    get destroyed() {
      return socket.destroyed;
    },
    writeHead(status, headers) {
      head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n`;
      for (let at = 0; at < headers.length; at += 2) head += `${headers[at]}: ${headers[at + 1]}\r\n`;
      head += "\r\n";
    },
    end(body) {
      const bytes = Buffer.allocUnsafe(head.length + Buffer.byteLength(body));
      bytes.write(head, "latin1");
      if (typeof body === "string") bytes.write(body, head.length);
      else body.copy(bytes, head.length);
      socket.write(bytes);
    },
  };
}
