/**
 * What a peer can send to the functions' own client, in pieces: each attempt to connect has an outcome and a lifecycle line, and each
 * exchange ends.
 */
import { expect } from "chai";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { PeerClient } from "../../../functions/src/connection/client.ts";
import { createLifecycleLog } from "../../../functions/src/lifecycle-log.ts";
import { readEnvironment } from "../../../functions/src/environment.ts";
import { SAMPLES_OF_PROTOCOLS } from "./samples/protocol-bytes.ts";
import { fuzz } from "./support/fuzz.ts";
import { inPieces } from "./support/fuzz-case.ts";

const ID = "8f3b2c1d-0000-4000-8000-000000000001";
const frames = (...all: readonly unknown[]): string => all.map((one) => `${JSON.stringify(one)}\n`).join("");
const time = "2026-11-25T01:02:03.456Z";
const OUTCOMES = ["accepted", "refused", "timed-out", "reset", "evicted", "failed"];

for (const protocol of ["longrun", "raw"] as const)
  fuzz(`peer-client-${protocol}`, {
    samples: [
      frames(
        { type: "welcome", connection: 1, time },
        { type: "reply", id: ID, payload: { connection: 1 }, time },
      ),
      frames({ type: "busy", time }),
      frames({ type: "welcome", connection: 1, time }, { type: "evicted", time }),
      frames({ type: "error", text: "not a frame", time }),
      ...SAMPLES_OF_PROTOCOLS,
    ],
    async start() {
      let pieces: readonly Buffer[] = [];
      const server = createServer((socket) => {
        socket.on("error", () => undefined).resume();
        for (const piece of pieces) socket.write(piece);
        socket.end();
      }).listen(0, "127.0.0.1");
      await once(server, "listening");
      const environment = readEnvironment({
        PEER_HOST: "127.0.0.1",
        PEER_PORT: String((server.address() as AddressInfo).port),
        PEER_PROTOCOL: protocol,
        ...(protocol === "raw" ? { PEER_REQUEST_BASE64: "YWJj", PEER_EXPECT_BASE64: "T0s=" } : {}),
      });
      return {
        async check(input) {
          pieces = inPieces(input);
          const lines: string[] = [];
          const client = new PeerClient(
            environment,
            createLifecycleLog((line) => lines.push(line)),
          );
          const decision = await client.connect();
          expect(OUTCOMES).to.include(decision.outcome);
          if (decision.outcome === "accepted") {
            await client.exchange(ID);
            await client.close(1_000);
          } else expect(client.errorOfAttempt(decision).message.length).to.be.above(20);
          expect(lines.map((line) => (JSON.parse(line) as { readonly event: string }).event)[0]).to.equal(
            "connect",
          );
        },
        close: async () => {
          server.close();
          await once(server, "close");
        },
      };
    },
  });
