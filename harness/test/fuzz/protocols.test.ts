/** Bytes of a connection, in every protocol of the catalogue: greetings, refusals and everything that a server can send instead. */
import { expect } from "chai";
import { ATTEMPT_OUTCOMES } from "../../src/words/connection-outcome.ts";
import { ALL_PROTOCOLS, recognise } from "../../src/catalogue/protocols/all-protocols.ts";
import type { Said } from "../../src/catalogue/protocols/protocol.ts";
import { CONVERSATIONS, SAMPLES_OF_PROTOCOLS } from "./samples/protocol-bytes.ts";
import { fuzz } from "./support/fuzz.ts";
import { inPieces } from "./support/fuzz-case.ts";

const LONGEST_TEXT = 512;

for (const [side, other] of [
  ["peer", "function"],
  ["function", "peer"],
] as const)
  fuzz(`protocols-${side}`, {
    samples: SAMPLES_OF_PROTOCOLS,
    start: () => ({
      check(input) {
        const cut = inPieces(input);
        // Which protocol is recognised also depends on what the other side of the connection has sent before.
        const first = CONVERSATIONS[input.bytes.length % CONVERSATIONS.length];
        const before = (first ?? []).filter(({ from }) => from === other);
        const said: readonly Said[] = [...before, ...cut.map((bytes) => ({ from: side, bytes }))];
        recognise(said);
        for (const protocol of ALL_PROTOCOLS)
          for (const by of [null, "peer", "function"] as const) {
            const { attempt, code, text, clientName, user, database } = protocol.read({
              reached: true,
              said,
              last: { function: new Uint8Array(), peer: cut.at(-1) ?? new Uint8Array() },
              peerSpoke: side === "peer" && input.bytes.length > 0,
              lastedMs: 1,
              end: by === null ? null : { by, how: "fin" },
            });
            expect([null, ...ATTEMPT_OUTCOMES]).to.include(attempt);
            for (const shown of [code, text, clientName, user, database])
              expect(shown?.length ?? 0, `${protocol.name}: ${shown}`).to.be.at.most(LONGEST_TEXT);
          }
      },
    }),
  });
