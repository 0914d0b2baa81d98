/** The requests of a warm invocation. What the engine reads itself must be what Node's HTTP server reads from the same bytes. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import { Duplex } from "node:stream";
import { expect } from "chai";
import { asksForNext } from "../../src/engine/environment-api/runtime-api/next.ts";
import { readSmallRequest } from "../../src/engine/environment-api/runtime-api/small-request.ts";
import { fuzz } from "./support/fuzz.ts";

const PATH = "/2018-06-01/runtime/invocation";
const RESPONSE = `POST ${PATH}/8476a536-e9f4-11e8-9739-2dfe598c3fcd/response HTTP/1.1`;
const BODY = '{"text":"é"}';

/** Joins the lines of a head. */
const request = (lines: readonly string[], body = ""): string => `${lines.join("\r\n")}\r\n\r\n${body}`;

interface ReadRequest {
  readonly method: string;
  readonly url: string;
  readonly contentType: string;
  readonly asksForNext: boolean;
  readonly body: string;
}

fuzz("runtime-requests", {
  samples: [
    request([`GET ${PATH}/next HTTP/1.1`, "Host: 127.0.0.1:9001"]),
    request([
      `GET ${PATH}/next HTTP/1.1`,
      "Host: api",
      "User-Agent: aws-lambda-go/go1.26",
      "Accept-Encoding: gzip",
    ]),
    request(
      [RESPONSE, "Host: api", "Content-Type: application/json", "Content-Length: 13", "Longrun-Then-Next: 1"],
      BODY,
    ),
    request([RESPONSE, "user-agent: aws-lambda-rust/1.1.1", "host: api", "content-length: 13"], BODY),
    request(
      [RESPONSE, "Host: api", "Transfer-Encoding: chunked", "Trailer: Lambda-Runtime-Function-Error-Type"],
      `5\r\n{"tex\r\n8\r\nt":"é"}\r\n0\r\n\r\n`,
    ),
    request([RESPONSE, "Host: api", "Transfer-Encoding: chunked"], "0\r\nA-Trailer: x\r\n\r\n"),
  ],
  start() {
    const server = createServer({ requireHostHeader: false });
    server.on("clientError", () => undefined);
    return {
      async check({ bytes }) {
        const own = readSmallRequest(Buffer.from(bytes));
        if (typeof own === "string") return;
        const url = `${PATH}/${own.answers === null ? "next" : `${own.answers}/response`}`;
        expect(await readByNode(server, bytes)).to.deep.equal([
          {
            method: own.answers === null ? "GET" : "POST",
            url,
            contentType: own.contentType,
            asksForNext: own.asksForNext,
            body: own.body.toString("latin1"),
          },
        ]);
      },
    };
  },
});

/** Resolves with the complete requests that Node's HTTP server reads from a connection with these bytes. */
function readByNode(server: Server, bytes: Uint8Array): Promise<readonly ReadRequest[]> {
  return new Promise((resolve) => {
    const found: ReadRequest[] = [];
    const take = (message: IncomingMessage): void => {
      const chunks: Buffer[] = [];
      message.on("data", (chunk: Buffer) => chunks.push(chunk));
      message.on("end", () => {
        const given = message.headers["content-type"] ?? "";
        found.push({
          method: message.method ?? "",
          url: message.url ?? "",
          contentType: given === "" ? "application/json" : given,
          asksForNext: asksForNext(message),
          body: Buffer.concat(chunks).toString("latin1"),
        });
      });
    };
    server.on("request", take);
    const connection = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
    connection.on("close", () => {
      server.off("request", take);
      resolve(found);
    });
    server.emit("connection", connection);
    connection.push(Buffer.from(bytes));
    connection.push(null);
    // The events of the request come in the next turns of the event loop.
    setImmediate(() => setImmediate(() => connection.destroy()));
  });
}
