/** Tests the part of the Runtime API that serves warm invocations without Node's HTTP server. */
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { expect } from "chai";
import {
  RuntimeSession,
  type RuntimeAnswer,
} from "../../../../src/engine/environment-api/runtime-api/runtime-session.ts";
import { serveWarmPath } from "../../../../src/engine/environment-api/runtime-api/warm-path.ts";

const NEXT = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: api\r\n\r\n";
const response = (id: string, body: string): string =>
  `POST /2018-06-01/runtime/invocation/${id}/response HTTP/1.1\r\nHost: api\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nLongrun-Then-Next: 1\r\n\r\n${body}`;

describe("the warm path of the Runtime API", () => {
  let server: Server;
  let client: Socket;
  let session: RuntimeSession | null;
  let answers: string[];
  let given: Promise<string>;

  beforeEach(async () => {
    answers = [];
    session = new RuntimeSession(
      {
        runtimeReady: () => {
          const id = `id-${answers.length + 1}`;
          session?.deliver({
            requestId: id,
            payload: Buffer.from('"é"'),
            headers: { "X-Id": id },
            sink: null,
          });
        },
        runtimeAnswered: ({ payload }: RuntimeAnswer) => void answers.push(payload.toString()),
        runtimeFailedInit: () => undefined,
      },
      () => 0,
    );
    given = new Promise((resolve) => {
      server = createServer((socket) =>
        serveWarmPath(
          socket,
          () => session,
          () => socket.once("data", (chunk) => resolve(chunk.toString())),
        ),
      );
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

  it("refuses a response with the id of another invocation", async () => {
    await ask(NEXT);
    expect(await ask(response("id-7", "{}"))).to.match(/^HTTP\/1\.1 400 Bad Request\r\n[^]*InvalidRequestID/);
    expect(answers).to.deep.equal([]);
  });

  const others: readonly (readonly [what: string, text: string])[] = [
    ["an incomplete response", response("id-1", '"long"').slice(0, -2)],
    ["bytes after a response", `${response("id-1", "{}")}GET`],
    ["a header that it does not know", NEXT.replace("Host", "User-Agent: x\r\nHost")],
    ["a request for another path", "GET /2018-06-01/ping HTTP/1.1\r\nHost: api\r\n\r\n"],
    ["only a part of a request", NEXT.slice(0, 9)],
  ];
  for (const [what, text] of others) {
    it(`passes the connection to the HTTP server when it reads ${what}`, async () => {
      await ask(NEXT);
      client.write(text);
      expect(await given).to.equal(text);
      expect(answers).to.deep.equal([]);
    });
  }

  it("passes the connection to the HTTP server when a request comes between two boots", async () => {
    session = null;
    client.write(NEXT);
    expect(await given).to.equal(NEXT);
  });
});
