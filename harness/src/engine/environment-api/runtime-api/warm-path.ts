/**
 * Serves the two requests of a warm invocation: `next`, and a response that asks for the next event. It does this without Node's HTTP
 * server, which needs about 0.05 ms more for each invocation. It recognises these requests only in the form in which our own client for
 * Node.js writes them, each complete in one chunk. If any other bytes come, the connection is given to the HTTP server for the rest of its
 * life.
 */
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { handleNext } from "./next.ts";
import type { Answering } from "./reply.ts";
import type { RuntimeSession } from "./runtime-session.ts";

const NEXT = /^GET \/2018-06-01\/runtime\/invocation\/next HTTP\/1\.1\r\nHost: [^\r\n]+\r\n\r\n$/;
const RESPONSE =
  /^POST \/2018-06-01\/runtime\/invocation\/([^/? ]+)\/response HTTP\/1\.1\r\nHost: [^\r\n]+\r\nContent-Type: application\/json\r\nContent-Length: (\d+)\r\nLongrun-Then-Next: 1\r\n\r\n/;
/** The head of each of the two requests is shorter than this. */
const HEAD_BYTES_MAX = 512;

/** `currentSession` is null between two boots. `serveHttp` passes the connection to the HTTP server. */
export function serveWarmPath(
  socket: Socket,
  currentSession: () => RuntimeSession | null,
  serveHttp: () => void,
): void {
  const answering = answerOn(socket);
  // A request that is cut off because its process ends is ignored.
  const ignore = (): void => undefined;
  const take = (chunk: Buffer): void => {
    const session = currentSession();
    if (session !== null && serve(session, chunk, answering)) return;
    socket.off("data", take);
    socket.off("error", ignore);
    serveHttp();
    socket.unshift(chunk);
  };
  socket.on("error", ignore);
  socket.on("data", take);
}

/** Returns false if the bytes are neither of the two requests. */
function serve(session: RuntimeSession, chunk: Buffer, answering: Answering): boolean {
  const text = chunk.toString("latin1", 0, HEAD_BYTES_MAX);
  const [head, requestId = "", length] = RESPONSE.exec(text) ?? [];
  if (head === undefined) {
    if (chunk.length > HEAD_BYTES_MAX || !NEXT.test(text)) return false;
    handleNext(session, answering);
    return true;
  }
  if (chunk.length !== head.length + Number(length)) return false;
  const headAt = session.monotonic();
  if (!session.beginAnswerOrRefuse(requestId, "InvocationResponse", answering)) return true;
  session.finishAnswer({
    payload: chunk.subarray(head.length),
    contentType: "application/json",
    streamedBytes: 0,
    functionError: false,
    headAt,
  });
  handleNext(session, answering);
  return true;
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
      for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
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
