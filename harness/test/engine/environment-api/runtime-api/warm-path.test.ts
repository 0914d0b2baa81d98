/** Tests the part of the Runtime API that serves warm invocations without Node's HTTP server. */
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { expect } from "chai";
import type { ResponseSink } from "../../../../src/engine/fleet-contract.ts";
import {
  RuntimeSession,
  type RuntimeAnswer,
} from "../../../../src/engine/environment-api/runtime-api/runtime-session.ts";
import { serveWarmPath } from "../../../../src/engine/environment-api/runtime-api/warm-path.ts";

const PATH = "/2018-06-01/runtime/invocation";
const NEXT = `GET ${PATH}/next HTTP/1.1\r\nHost: api\r\n\r\n`;
const response = (id: string, body: string): string =>
  `POST ${PATH}/${id}/response HTTP/1.1\r\nHost: api\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nLongrun-Then-Next: 1\r\n\r\n${body}`;

describe("the warm path of the Runtime API", () => {
  let server: Server;
  let client: Socket;
  let session: RuntimeSession | null;
  let answers: string[];
  let given: Promise<string>;
  let sink: ResponseSink | null;
  /** Resolves when the server's side of the connection is closed. */
  let served: Promise<unknown>;

  beforeEach(async () => {
    answers = [];
    sink = null;
    session = new RuntimeSession(
      {
        runtimeReady: () => {
          const id = `id-${answers.length + 1}`;
          session?.deliver({
            requestId: id,
            payload: Buffer.from('"é"'),
            headers: ["X-Id", id],
            sink,
          });
        },
        runtimeAnswered: ({ payload }: RuntimeAnswer) => void answers.push(payload.toString()),
        runtimeFailedInit: () => undefined,
      },
      () => 0,
    );
    given = new Promise((resolve) => {
      server = createServer({ allowHalfOpen: true }, (socket) => {
        served = once(socket, "close");
        serveWarmPath(
          socket,
          () => session,
          () => socket.once("data", (chunk) => resolve(chunk.toString())),
        );
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    client = connect((server.address() as AddressInfo).port, "127.0.0.1");
    await once(client, "connect");
  });

  afterEach(() => {
    client.destroy();
    server.close();
  });

  const ask = async (text: string): Promise<string> => {
    client.write(text);
    const [chunk] = (await once(client, "data")) as [Buffer];
    return chunk.toString();
  };

  const event = (id: string): string =>
    `HTTP/1.1 200 OK\r\nX-Id: ${id}\r\nContent-Length: 4\r\nContent-Type: application/json\r\n\r\n"é"`;

  it("delivers events and takes responses, each in one piece", async () => {
    expect(await ask(NEXT)).to.equal(event("id-1"));
    expect(await ask(response("id-1", '"ü"'))).to.equal(event("id-2"));
    expect(await ask(response("id-2", ""))).to.equal(event("id-3"));
    expect(answers).to.deep.equal(['"ü"', ""]);
  });

  it("closes the connection when the client has ended it", async () => {
    await ask(NEXT);
    client.end();
    await served;
  });

  it("refuses a response with the id of another invocation", async () => {
    await ask(NEXT);
    expect(await ask(response("id-7", "{}"))).to.match(/^HTTP\/1\.1 400 Bad Request\r\n[^]*InvalidRequestID/);
    expect(answers).to.deep.equal([]);
  });

  /** How AWS's clients send a response with the body `{"n":1}`. */
  const CLIENTS: readonly (readonly [client: string, request: string])[] = [
    [
      "Go",
      `POST ${PATH}/id-1/response HTTP/1.1\r\nHost: api\r\nUser-Agent: aws-lambda-go/go1.26\r\nTransfer-Encoding: chunked\r\nTrailer: Lambda-Runtime-Function-Error-Body\r\nContent-Type: application/json\r\nAccept-Encoding: gzip\r\n\r\n7\r\n{"n":1}\r\n0\r\n\r\n`,
    ],
    [
      "Rust",
      `POST ${PATH}/id-1/response HTTP/1.1\r\nuser-agent: aws-lambda-rust/1.1.1\r\nhost: api\r\ncontent-length: 7\r\n\r\n{"n":1}`,
    ],
    [
      "Python",
      `POST ${PATH}/id-1/response HTTP/1.1\r\nHost: api\r\nAccept: */*\r\ncontent-type: application/json\r\nUser-Agent: aws-lambda-python/3.13\r\ncontent-length: 7\r\n\r\n{"n":1}`,
    ],
  ];
  for (const [name, request] of CLIENTS) {
    const bodyAt = request.indexOf("\r\n\r\n") + 4;

    it(`confirms a response as AWS's client for ${name} sends it, wherever its body is cut`, async () => {
      await ask(NEXT);
      for (let cut = bodyAt; cut < request.length; cut += 1) {
        client.write(request.slice(0, cut).replace("id-1", `id-${answers.length + 1}`));
        await new Promise((written) => setImmediate(written));
        expect(await ask(request.slice(cut))).to.match(/^HTTP\/1\.1 202 Accepted\r\n[^]*{"status":"OK"}\n$/);
        expect(answers.at(-1)).to.equal('{"n":1}');
        await ask(NEXT.replace("\r\n\r\n", "\r\nUser-Agent: any\r\nAccept: */*\r\n\r\n"));
      }
    });
  }

  const withHeader = (header: string): string => NEXT.replace("Host", `${header}\r\nHost`);
  const inChunks = (body: string): string =>
    `POST ${PATH}/id-1/response HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${body}`;
  const others: readonly (readonly [what: string, text: string])[] = [
    ["bytes after a response", `${response("id-1", "{}")}GET`],
    ["bytes after the last chunk", inChunks("2\r\n{}\r\n0\r\n\r\nGET")],
    ["a header that it does not know", withHeader("Expect: 100-continue")],
    ["the wish to close the connection", withHeader("Connection: close")],
    ["two lengths", response("id-1", "{}").replace("Content-Length", "Content-Length: 3\r\nContent-Length")],
    ["a length and chunks", inChunks("0\r\n\r\n").replace("Transfer", "Content-Length: 5\r\nTransfer")],
    ["neither a length nor chunks", inChunks("{}").replace(/Transfer.*\r\n/, "")],
    ["a length that is no number", response("id-1", "{}").replace("Length: 2", "Length: 0x2")],
    ["a body with a next request", withHeader("Content-Length: 2").concat("{}")],
    ["trailers", inChunks("2\r\n{}\r\n0\r\nLambda-Runtime-Function-Error-Type: E\r\n\r\n")],
    ["a chunk with an extension", inChunks("2;name=value\r\n{}\r\n0\r\n\r\n")],
    ["a chunk that is longer than its size", inChunks("1\r\n{}\r\n0\r\n\r\n")],
    [
      "a response that streams",
      response("id-1", "{}").replace("Host", "Lambda-Runtime-Function-Response-Mode: streaming\r\nHost"),
    ],
    ["a large response", response("id-1", "x".repeat(65_536))],
    ["a long head", withHeader(`User-Agent: ${"x".repeat(1_024)}`)],
    ["a request for another path", "GET /2018-06-01/ping HTTP/1.1\r\nHost: api\r\n\r\n"],
    ["only a part of a head", NEXT.slice(0, 9)],
  ];
  for (const [what, text] of others) {
    it(`passes the connection to the HTTP server when it reads ${what}`, async () => {
      await ask(NEXT);
      client.write(text);
      expect(await given).to.equal(text);
      expect(answers).to.deep.equal([]);
    });
  }

  it("passes the connection to the HTTP server when a response in chunks goes to a caller that takes a stream", async () => {
    sink = { write: async () => undefined };
    await ask(NEXT);
    const text = inChunks("2\r\n{}\r\n0\r\n\r\n");
    client.write(text);
    expect(await given).to.equal(text);
  });

  it("passes the connection to the HTTP server when a request comes between two boots", async () => {
    session = null;
    client.write(NEXT);
    expect(await given).to.equal(NEXT);
  });
});
