/**
 * Tests the reading of real connections under TLS. Only the types and lengths of their TLS records were kept. A refused connection must
 * never be read as accepted, whichever side ended it.
 */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { FirstBytes } from "../../../src/engine/link/first-bytes.ts";
import type { ProtocolName } from "../../../src/catalogue/protocols/all-protocols.ts";
import { FIRST_BYTES_MAX, type Said, type SeenEnd } from "../../../src/catalogue/protocols/protocol.ts";
import { epochMs } from "../../../src/base/time.ts";

interface Shape {
  readonly server: ProtocolName;
  readonly client: string;
  readonly tls: "1.2" | "1.3";
  readonly refused: boolean;
  /** Whether the client sent a query or a message after its login. */
  readonly asks: boolean;
  readonly said: readonly string[];
  readonly end: SeenEnd;
}

const { connections } = JSON.parse(
  readFileSync(new URL("bytes/tls-shapes.json", import.meta.url), "utf8"),
) as { readonly connections: readonly Shape[] };

const HANDSHAKE = 22;
const CHOOSES_13 = Buffer.from("002b00020304", "hex");

/** The bytes that each protocol sends before TLS. They have the lengths of the recorded bytes. */
const CLEAR: Partial<Record<`${ProtocolName} ${Said["from"]}`, Buffer>> = {
  "postgres function": Buffer.from("0000000804d2162f", "hex"),
  "postgres peer": Buffer.from("S"),
  "mysql peer": Buffer.concat([Buffer.from("640000000a31302e3131", "hex"), Buffer.alloc(94)]),
  "mysql function": Buffer.concat([Buffer.from("200000018daaba00", "hex"), Buffer.alloc(28)]),
};

/** Makes bytes of the recorded shape. Contents are zero, except for what TLS says in clear: the kind of a hello and the version. */
function bytesOf({ server, tls, said }: Shape): readonly Said[] {
  return said.map((piece) => {
    const [side, ...items] = piece.split(" ");
    const from = side === "F" ? "function" : "peer";
    const bytes = items.map((item) => {
      const [kind, length] = item.split(":");
      if (kind === "clear") return CLEAR[`${server} ${from}`] ?? Buffer.alloc(0);
      return record(Number(kind), Number(length), from, tls);
    });
    return { from, bytes: Buffer.concat(bytes) };
  });
}

function record(type: number, length: number, from: Said["from"], tls: Shape["tls"]): Buffer {
  const bytes = Buffer.alloc(5 + length);
  bytes.set([type, 3, 3, length >> 8, length & 0xff]);
  if (type === HANDSHAKE) bytes[5] = from === "function" ? 1 : 2;
  if (type === HANDSHAKE && from === "peer" && tls === "1.3" && length > 60) bytes.set(CHOOSES_13, 50);
  return bytes;
}

function read(
  said: readonly Said[],
  named: ProtocolName | null,
  end: SeenEnd | null,
  clock = { at: 0 },
): string | null {
  const bytes = new FirstBytes(named, { now: () => epochMs(1_000), monotonic: () => clock.at });
  for (const { from, bytes: piece } of said) bytes.keep(from, piece);
  // All bytes came at `clock.at` ms. After them the connection stays open for another `clock.at` ms.
  clock.at += clock.at;
  const peerSpoke = said.some(({ from }) => from === "peer");
  return bytes.read({ reached: true, peerSpoke, lastedMs: 5, end })?.reading.attempt ?? null;
}

const FUNCTION_FIRST: SeenEnd = { by: "function", how: "fin" };

describe("a connection that TLS encrypts", () => {
  for (const shape of connections) {
    const { server, client, tls, refused, asks } = shape;
    const said = bytesOf(shape);
    const what = `${server}, ${client}, TLS ${tls}, ${refused ? "refused" : asks ? "accepted" : "accepted and unused"}`;

    if (refused)
      it(`is never read as accepted: ${what}`, () => {
        for (const named of [server, null])
          for (const end of [shape.end, FUNCTION_FIRST, { by: "environment-end", how: "rst" } as const]) {
            const outcome = read(said, named, end);
            const early = said.every(({ from }) => from === "function");
            expect(outcome).to.equal(early ? (end.by === "peer" ? "refused" : "timed-out") : "unreadable");
          }
      });
    else if (asks && server !== "mqtt")
      it(`is read as accepted, whatever the size of the pieces that arrive: ${what}`, () => {
        expect(read(said, server, shape.end)).to.equal("accepted");
        expect(read(said, server, null)).to.equal("accepted");
        const bytes = said.flatMap(({ from, bytes: piece }) =>
          [...piece].map((byte) => ({ from, bytes: Uint8Array.of(byte) })),
        );
        expect(read(bytes, server, FUNCTION_FIRST)).to.equal("accepted");
      });
    else
      it(`is read as accepted or as unreadable: ${what}`, () => {
        expect(read(said, server, FUNCTION_FIRST)).to.be.oneOf(["accepted", "unreadable"]);
      });
  }

  const find = (server: ProtocolName, refused: boolean): Shape => {
    const found = connections.find(
      (one) => one.server === server && one.refused === refused && one.tls === "1.3",
    );
    if (found === undefined) throw new Error("the file has no such connection");
    return found;
  };

  it("is read correctly if the server's certificates are longer than FIRST_BYTES_MAX", () => {
    const long = (shape: Shape): readonly Said[] =>
      bytesOf({
        ...shape,
        said: shape.said.map((piece) => piece.replace("23:420", `23:${FIRST_BYTES_MAX * 2}`)),
      });
    expect(read(long(find("postgres", false)), null, FUNCTION_FIRST)).to.equal("accepted");
    expect(read(long(find("postgres", true)), null, FUNCTION_FIRST)).to.equal("unreadable");
  });

  it("is read as accepted if the server leaves it open for more than 2 s, longer than a refusal lasts", () => {
    const shape = connections.find(({ server, asks, refused }) => server === "postgres" && !asks && !refused);
    const login = bytesOf({ ...(shape as Shape), said: (shape as Shape).said.slice(0, -2) });
    expect(read(login, null, FUNCTION_FIRST)).to.equal("unreadable");
    expect(read(login, null, FUNCTION_FIRST, { at: 1_999 })).to.equal("unreadable");
    expect(read(login, null, FUNCTION_FIRST, { at: 2_001 })).to.equal("accepted");
    expect(read(login, null, { by: "peer", how: "fin" }, { at: 2_001 })).to.equal("unreadable");
  });

  /** What happens `at` ms after the handshake: a side (F or P) and the types and lengths of its records, or `end`. */
  type Step = readonly [at: number, what: string];

  /** Reads a connection after its handshake of TLS 1.3, which ends at 0 ms. */
  const readAfter = (
    server: ProtocolName,
    named: ProtocolName | null,
    steps: readonly Step[],
    end: SeenEnd,
  ) => {
    let now = 0;
    const bytes = new FirstBytes(named, { now: () => epochMs(1_000), monotonic: () => now });
    const handshake = [
      "F 22:512",
      "P 22:122 20:1 23:23 23:810 23:96 23:69",
      "F 20:1 23:69",
      "P 23:250 23:250",
    ];
    for (const [at, what] of [...handshake.map((said): Step => [0, said]), ...steps]) {
      now = at;
      const shape: Shape = {
        server,
        client: "",
        tls: "1.3",
        refused: true,
        asks: true,
        said: [what],
        end,
      };
      if (what === "end") bytes.end();
      else for (const { from, bytes: piece } of bytesOf(shape)) bytes.keep(from, piece);
    }
    return bytes.read({ reached: true, peerSpoke: true, lastedMs: now, end })?.reading ?? null;
  };

  const after = (...story: Parameters<typeof readAfter>) => readAfter(...story)?.attempt ?? null;

  const PEER_FIRST: SeenEnd = { by: "peer", how: "fin" };

  it("remains unreadable, whatever the client sends after the server has refused or ended it", () => {
    const said: readonly Step[] = [
      [1, "F 23:31"],
      [8, "P 23:21"],
    ];
    for (const end of [PEER_FIRST, FUNCTION_FIRST])
      for (const ends of ["end", "P 23:19"])
        expect(
          after("mqtt", "mqtt", [...said, [10, ends], [110, "F 23:62"], [5_000, "F 23:19"]], end),
        ).to.equal("unreadable");
    expect(after("mqtt", "mqtt", [...said, [9, "F 23:62"], [10, "F 23:19"]], FUNCTION_FIRST)).to.equal(
      "unreadable",
    );
  });

  it("of MQTT is read as accepted after a second answer, or after 2 s without an end", () => {
    const said: readonly Step[] = [
      [1, "F 23:31"],
      [8, "P 23:21"],
      [9, "F 23:62"],
    ];
    const reads = (steps: readonly Step[]) => after("mqtt", "mqtt", [...said, ...steps], FUNCTION_FIRST);
    expect(reads([[11, "P 23:21"]])).to.equal("accepted");
    expect(reads([[2_008, "end"]])).to.equal("unreadable");
    expect(reads([[2_009, "end"]])).to.equal("accepted");
  });

  it("remains unreadable however long the client waits for an answer", () => {
    for (const named of [null, "redis", "mqtt", "amqp"] as const)
      for (const steps of [
        [[1, "F 23:39"]],
        [],
        [
          [1, "F 23:39"],
          [2, "P 23:250"],
        ],
        [
          [1, "F 23:39"],
          [2_600, "F 23:19"],
          [2_601, "end"],
        ],
      ] satisfies (readonly Step[])[])
        expect(after("redis", named, [...steps, [9_000, "end"]], FUNCTION_FIRST)).to.equal("unreadable");
  });

  it("is read as accepted if the function leaves it open for 2 s after the answer", () => {
    const answered: readonly Step[] = [
      [1, "F 23:39"],
      [2, "P 23:100"],
    ];
    const reads = (steps: readonly Step[]) => after("redis", null, [...answered, ...steps], FUNCTION_FIRST);
    expect(reads([[2_003, "end"]])).to.equal("accepted");
    expect(
      reads([
        [20, "end"],
        [9_000, "F 23:19"],
      ]),
    ).to.equal("unreadable");
    expect(
      reads([
        [20, "F 23:19"],
        [30, "P 23:90"],
        [9_000, "end"],
      ]),
    ).to.equal("unreadable");
  });

  it("is unreadable, whichever protocol was named, if the server's alert comes before any message of the client", () => {
    for (const named of ["redis", "mqtt", "amqp", null] as const) {
      const bytes = new FirstBytes(named, { now: () => epochMs(1_000), monotonic: () => 0 });
      bytes.keep("peer", Buffer.from("15030300020232", "hex"));
      const read = bytes.read({ reached: true, peerSpoke: true, lastedMs: 5, end: PEER_FIRST });
      expect([read?.contradiction, read?.reading.attempt]).to.deep.equal([null, "unreadable"]);
    }
  });

  it("of Redis is not read as accepted if its only reply can be a refusal", () => {
    const texts = [
      "-ERR max number of clients reached\r\n",
      "-ERR max number of clients + cluster connections reached\r\n",
      "-no healthy upstream\r\n",
      "-ERR Connection refused\r\n",
    ];
    const reads = (...replies: readonly number[]) =>
      after(
        "redis",
        "redis",
        replies.flatMap((length, index): Step[] => [
          [index, "F 23:39"],
          [index, `P 23:${length + 17}`],
        ]),
        PEER_FIRST,
      );
    for (const text of texts) expect(reads(text.length), text).to.equal("unreadable");
    expect(reads("+OK\r\n".length)).to.equal("accepted");
    expect(reads(36, 36)).to.equal("accepted");
  });

  describe("is read as ended by a goodbye", () => {
    const QUERY: readonly Step[] = [
      [1, "F 23:50"],
      [2, "P 23:90"],
    ];
    const GOODBYE: Step = [3, "F 23:22"];
    const goodbye = (steps: readonly Step[], end: SeenEnd = PEER_FIRST, server: ProtocolName = "postgres") =>
      readAfter(server, server, [...QUERY, ...steps], end)?.goodbye;

    it("if the client's last message has the length of a goodbye and gets no answer", () => {
      expect(goodbye([GOODBYE, [5, "end"]])).to.equal(true);
      expect(goodbye([GOODBYE, [4, "P 23:19"], [5, "end"]])).to.equal(true);
      expect(goodbye([GOODBYE, [4, "F 23:19"], [5, "end"]])).to.equal(true);
    });

    it("but not if after the last answer the client sent nothing, a longer message or two messages, or if the server ends late", () => {
      expect(goodbye([GOODBYE, [4, "P 23:28"], [5, "end"]])).to.equal(null);
      expect(
        goodbye([
          [3, "F 23:50"],
          [5, "end"],
        ]),
      ).to.equal(null);
      expect(goodbye([[3, "F 23:50"], GOODBYE, [5, "end"]])).to.equal(null);
      expect(goodbye([GOODBYE, [1_004, "end"]])).to.equal(null);
      expect(goodbye([[5, "end"]])).to.equal(null);
    });

    it("but not if the function or the end of the environment ends it first, and never under MQTT", () => {
      expect(goodbye([GOODBYE, [5, "end"]], FUNCTION_FIRST)).to.equal(null);
      expect(goodbye([GOODBYE, [5, "end"]], { by: "environment-end", how: "fin" })).to.equal(null);
      expect(goodbye([GOODBYE, [5, "end"]], PEER_FIRST, "mqtt")).to.equal(null);
    });
  });
});
