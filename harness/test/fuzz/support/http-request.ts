/**
 * An HTTP request to a server under test, written as a text: a line with method and path, then headers, an empty line and the body. It is
 * sent as bytes, so that a broken case reaches the server as it is. Headers that a request needs are added if the case has none of its own.
 */
import { connect } from "node:net";

export interface HttpAnswer {
  /** 0 if the connection was closed without an answer. */
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Returns the text of a request, as a sample for a target. */
export function requestText(
  line: string,
  body: unknown = "",
  headers: Readonly<Record<string, string>> = {},
): string {
  const head = Object.entries(headers).map(([name, value]) => `\n${name}: ${value}`);
  return `${line}${head.join("")}\n\n${typeof body === "string" ? body : JSON.stringify(body)}`;
}

export interface WireRequest {
  readonly bytes: Buffer;
  /**
   * True if the server may wait for more bytes of the request. Then the client sends its FIN directly after its bytes, so that the server
   * (Node's HTTP server) gives up the request.
   */
  readonly mayBeIncomplete: boolean;
}

const WITH_OWN_LENGTH = /^(?:content-length|transfer-encoding|expect|upgrade)|^connect /im;

/** Returns the bytes of a request. `usual` are headers that are added unless the case has its own. */
export function wireRequest(input: Uint8Array, usual: Readonly<Record<string, string>>): WireRequest {
  const text = Buffer.from(input).toString("latin1");
  const end = text.indexOf("\n\n");
  const [head, body] = end === -1 ? [text, ""] : [text.slice(0, end), text.slice(end + 2)];
  const [line = "", ...headers] = head.split("\n");
  const own = head.toLowerCase();
  const added = Object.entries({ connection: "close", ...usual, "content-length": String(body.length) })
    .filter(([name]) => !own.includes(`\n${name}:`))
    .filter(([name]) => name !== "content-length" || !own.includes("transfer-encoding"))
    .map(([name, value]) => `${name}: ${value}`);
  const lines = [`${line} HTTP/1.1`, ...added, ...headers];
  return {
    bytes: Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body}`, "latin1"),
    mayBeIncomplete: WITH_OWN_LENGTH.test(head),
  };
}

/** Sends the request, and reads until the server closes the connection. */
export function exchange(
  { host, port }: { readonly host: string; readonly port: number },
  { bytes, mayBeIncomplete }: WireRequest,
): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(answerOf(Buffer.concat(chunks))));
    socket.on("connect", () => void (mayBeIncomplete ? socket.end(bytes) : socket.write(bytes)));
  });
}

function answerOf(bytes: Buffer): HttpAnswer {
  const text = bytes.toString("latin1");
  // Informational answers (1xx) can come before the final answer.
  const rest = text.replace(/^(?:HTTP\/1\.1 1\d\d [^]*?\r\n\r\n)*/, "");
  const end = rest.indexOf("\r\n\r\n");
  const [first = "", ...lines] = rest.slice(0, end === -1 ? rest.length : end).split("\r\n");
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0),
    headers: new Map(
      lines.map((line) => [
        line.slice(0, line.indexOf(":")).toLowerCase(),
        line.slice(line.indexOf(":") + 1).trim(),
      ]),
    ),
    body: end === -1 ? "" : Buffer.from(rest.slice(end + 4), "latin1").toString("utf8"),
  };
}
