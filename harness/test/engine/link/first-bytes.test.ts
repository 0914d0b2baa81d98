import { expect } from "chai";
import { FirstBytes } from "../../../src/engine/link/first-bytes.ts";
import { FIRST_BYTES_MAX } from "../../../src/catalogue/protocols/protocol.ts";
import { epochMs } from "../../../src/base/time.ts";
import { bytesOf, serverBytes } from "../../catalogue/protocols/recorded-bytes.ts";

const NOW = epochMs(1_000);
const CLOCK = { now: () => NOW, monotonic: () => 0 };
const OPEN = { reached: true, peerSpoke: true, lastedMs: 5, end: null } as const;
const ENDED = { ...OPEN, end: { by: "peer", how: "fin" } } as const;

describe("the first bytes of a link", () => {
  it("are the bytes of both sides in order, at most up to the limit of each side", () => {
    const bytes = new FirstBytes(null, CLOCK);
    const none = bytes.read({ ...OPEN, peerSpoke: false });
    bytes.keep("function", Buffer.from('{"type":"hello","logStream":"s"}\n'));
    bytes.keep("peer", Buffer.from('{"type":"welcome"}\n'));
    bytes.keep("peer", Buffer.alloc(FIRST_BYTES_MAX, "x"));
    bytes.keep("peer", Buffer.from('\n{"type":"evicted"}\n'));
    expect([none, bytes.read(ENDED)]).to.deep.equal([
      null,
      {
        protocol: "longrun",
        reading: {
          attempt: "accepted",
          end: "closed",
          code: null,
          text: null,
          clientName: "s",
          session: null,
          countsPlaces: true,
          goodbye: false,
        },
        contradiction: null,
        spokeAt: NOW,
        encrypted: false,
      },
    ]);
  });

  it("are followed by the last bytes of a side that sends more than its limit, because these bytes show how the connection ended", () => {
    const [served, killed] = [
      "a client that is served, sends a request and closes with a goodbye",
      "a client that is served until the administrator ends its connection",
    ].map((title) =>
      bytesOf(serverBytes("postgres").conversations.find((one) => one.title === title) ?? { said: [] }),
    );
    const bytes = new FirstBytes("postgres", CLOCK);
    for (const { from, bytes: piece } of served?.slice(0, 6) ?? []) bytes.keep(from, piece);
    const row = Buffer.from("D\0\0\0\x08data");
    for (let times = 0; times < 1_000; times += 1)
      for (const from of ["function", "peer"] as const) bytes.keep(from, row);
    const before = bytes.read(ENDED)?.reading;
    bytes.keep("function", served?.at(-1)?.bytes ?? row);
    // The peer's last bytes are the error that the server sent after its last ReadyForQuery, when the administrator ended the connection.
    const last = Buffer.from(killed?.at(-1)?.bytes ?? row);
    bytes.keep("peer", last.subarray(last.lastIndexOf(Buffer.from("5a0000000549", "hex")) + 6));
    const after = bytes.read(ENDED)?.reading;
    expect([before?.goodbye, before?.code, after?.goodbye, after?.code]).to.deep.equal([
      false,
      null,
      true,
      "57P01",
    ]);
  });

  it("show nothing of a named protocol if no byte was sent, unless its servers speak first: the client may not have asked yet", () => {
    const ended = { ...OPEN, peerSpoke: false, lastedMs: 5_000 } as const;
    const outcomes = (["modbus", "postgres", "redis", "mqtt", "amqp", "raw", "mysql", "ssh"] as const).map(
      (named) => {
        const read = new FirstBytes(named, CLOCK).read({
          ...ended,
          end: { by: "environment-end", how: "fin" },
        });
        return read?.reading.attempt ?? null;
      },
    );
    expect(outcomes).to.deep.equal([null, null, null, null, null, null, "timed-out", "timed-out"]);
  });

  it("are shown as text, without a possible password, if they do not belong to the named protocol", () => {
    const contradiction = (
      named: "postgres" | "mysql" | "raw",
      from: "function" | "peer",
      text: string,
    ): unknown => {
      const bytes = new FirstBytes(named, CLOCK);
      bytes.keep(from, Buffer.from(text, "latin1"));
      const read = bytes.read(ENDED);
      return [read?.contradiction, read?.reading.attempt];
    };
    expect([
      contradiction("postgres", "function", "GET / HTTP/1.1\r\nHost: a\r\n"),
      contradiction("mysql", "peer", "SSH-2.0-OpenSSH_9.2p1\r\n"),
      contradiction("postgres", "function", "AUTH secret\r\n and more"),
      contradiction("raw", "function", "*1\r\n$4\r\nPING\r\n"),
    ]).to.deep.equal([
      ["GET / HTTP/1.1\\x0d\\x0a", null],
      ["SSH-2.0-OpenSSH_", null],
      ["AUTH…", null],
      [null, null],
    ]);
  });
});
