/** What clients can send to the peer, in pieces: the peer must answer in its frames, end the connection, and serve the next client. */
import { expect } from "chai";
import { connect } from "node:net";
import { systemClock } from "../../src/adapters/node/system-clock.ts";
import { startPeer } from "../../src/peer/peer.ts";
import { bytesOf, LONGRUN_BYTES } from "../catalogue/protocols/recorded-bytes.ts";
import { SAMPLES_OF_PROTOCOLS } from "./samples/protocol-bytes.ts";
import { fuzz } from "./support/fuzz.ts";
import { inPieces } from "./support/fuzz-case.ts";

const FRAMES = ["welcome", "busy", "evicted", "reply", "error"];
const OWN = LONGRUN_BYTES.conversations.map((one) =>
  Buffer.concat(
    bytesOf(one)
      .filter(({ from }) => from === "function")
      .map(({ bytes }) => bytes),
  ),
);
const HELLO = Buffer.from(
  `${JSON.stringify({ type: "hello", bootId: "good", logStream: "s", phase: "invoke", time: "2026-11-25T01:02:03Z", token: null })}\n`,
);

/** Sends the pieces and our FIN, and returns all lines until the peer has closed. */
function talk(port: number, pieces: readonly Buffer[]): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    let text = "";
    socket.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(text.split("\n").slice(0, -1)));
    socket.on("connect", () => {
      for (const piece of pieces) socket.write(piece);
      socket.end();
    });
  });
}

for (const admission of ["refuse", "backlog", "evict"] as const)
  fuzz(`peer-${admission}`, {
    samples: [...OWN, ...SAMPLES_OF_PROTOCOLS].filter((bytes) => bytes.length > 0),
    async start() {
      const peer = await startPeer({
        host: "127.0.0.1",
        port: 0,
        admission,
        capacity: 1,
        idleTimeoutMs: null,
        replyLatencyMs: 0,
        clock: systemClock,
        // Throws if a record cannot be written to the peer's log, which consists of JSON.
        log: (record) => void JSON.stringify(record),
      });
      return {
        async check(input) {
          for (const line of await talk(peer.port, inPieces(input))) {
            const { type, time } = JSON.parse(line) as Readonly<Record<string, unknown>>;
            expect(FRAMES).to.include(type);
            expect(time).to.be.a("string");
          }
          const [welcome] = await talk(peer.port, [HELLO]);
          expect(JSON.parse(welcome ?? "null")).to.include({ type: "welcome" });
        },
        close: () => peer.close(),
      };
    },
  });
