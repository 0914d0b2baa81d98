import { expect } from "chai";
import fc from "fast-check";
import { ATTEMPT_OUTCOMES, CONNECTION_ENDED_BY } from "../../../src/words/connection-outcome.ts";
import {
  ALL_PROTOCOLS,
  PROTOCOL_CHOICES,
  protocolNamed,
  recognise,
} from "../../../src/catalogue/protocols/all-protocols.ts";
import type { Protocol } from "../../../src/catalogue/protocols/protocol.ts";
import { propertyCases } from "../../support/test-all.ts";
import { firstOf, readsRecordedBytes } from "./reads-recorded-bytes.ts";
import { bytesOf, SERVER_FILES, SERVER_PROTOCOLS, serverBytes } from "./recorded-bytes.ts";

for (const protocol of SERVER_PROTOCOLS)
  describe(`bytes of ${protocol.title ?? protocol.name}`, () => {
    readsRecordedBytes(protocol, protocol.name);
  });

describe("the catalogue of protocols", () => {
  it("offers each of its protocols by name, and `auto`", () => {
    expect(PROTOCOL_CHOICES).to.include.members(["auto", "raw", "longrun", "postgres"]);
    expect(PROTOCOL_CHOICES).to.have.lengthOf(ALL_PROTOCOLS.length + 1);
  });

  it("has each name only once, including older names", () => {
    const names = ALL_PROTOCOLS.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(names).to.have.lengthOf(new Set(names).size);
  });

  it("finds a protocol by its name or by an older name", () => {
    const names = ["longrun", "raw", "bytes", "mariadb", "telnet"];
    expect(names.map((name) => protocolNamed(name)?.name)).to.deep.equal([
      "longrun",
      "raw",
      "raw",
      "mysql",
      undefined,
    ]);
  });

  const anyBytes = fc.array(
    fc.record({
      from: fc.constantFrom("function" as const, "peer" as const),
      bytes: fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc
          .constantFrom(...SERVER_FILES.flatMap((name) => serverBytes(name).conversations.flatMap(bytesOf)))
          .chain(({ bytes }) =>
            fc
              .tuple(fc.nat(bytes.length), fc.nat(bytes.length))
              .map(([from, to]) => bytes.subarray(from, to)),
          ),
      ),
    }),
    { maxLength: 8 },
  );
  const anyEnd = fc.option(
    fc.record({
      by: fc.constantFrom(...CONNECTION_ENDED_BY, null),
      how: fc.constantFrom("fin" as const, "rst" as const, "silence" as const, null),
    }),
  );

  it("reads any bytes without an error, in every protocol", () => {
    fc.assert(
      fc.property(anyBytes, anyEnd, fc.uint8Array(), (said, end, last) => {
        const peerSpoke = said.some(({ from, bytes }) => from === "peer" && bytes.length > 0);
        for (const protocol of ALL_PROTOCOLS satisfies readonly Protocol[]) {
          const reading = protocol.read({
            reached: true,
            said,
            last: { function: last, peer: last },
            peerSpoke,
            lastedMs: 1,
            end,
          });
          const known = reading.attempt === null || ATTEMPT_OUTCOMES.includes(reading.attempt);
          const { code, text, clientName, user, database } = reading;
          const lengths = [code, text, clientName, user, database].map((one) => one?.length ?? 0);
          expect([known, Math.max(...lengths) <= 512]).to.deep.equal([true, true]);
        }
      }),
      propertyCases(2_000),
    );
  });

  it("recognises nothing before there are bytes, and keeps a recognised protocol when more bytes follow", () => {
    expect(recognise([])).to.equal(null);
    fc.assert(
      fc.property(anyBytes, fc.nat(400), (said, length) => {
        const whole = recognise(said);
        const part = recognise(firstOf(said, length));
        expect([null, whole]).to.include(part);
      }),
      propertyCases(2_000),
    );
  });
});
