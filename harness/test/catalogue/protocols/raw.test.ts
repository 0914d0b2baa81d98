import { expect } from "chai";
import { recognise } from "../../../src/catalogue/protocols/all-protocols.ts";
import type { SeenConnection } from "../../../src/catalogue/protocols/protocol.ts";
import { raw } from "../../../src/catalogue/protocols/raw.ts";
import { readsRecordedBytes } from "./reads-recorded-bytes.ts";
import { bytesOf, RAW_BYTES, seen } from "./recorded-bytes.ts";

describe("bytes of an unknown protocol", () => {
  for (const conversation of RAW_BYTES.conversations)
    it(`are read as ${conversation.attempt ?? "uncertain"}: ${conversation.title}`, () => {
      expect([
        recognise(bytesOf(conversation))?.name,
        raw.read(seen(conversation, conversation.lastedMs)),
      ]).to.deep.equal([
        "raw",
        {
          attempt: conversation.attempt,
          end: conversation.end === null ? null : "closed",
          code: null,
          text: null,
          clientName: null,
          session: null,
          countsPlaces: true,
          goodbye: null,
        },
      ]);
    });

  it("may be absent: the outcome is peer-down if nothing listened, else unknown", () => {
    const attempt = (reached: SeenConnection["reached"], end: SeenConnection["end"]): unknown =>
      raw.read({ reached, said: [], peerSpoke: false, lastedMs: Infinity, end }).attempt;
    expect([
      attempt(false, { by: "peer", how: "rst" }),
      attempt(null, null),
      attempt(null, { by: "function", how: "fin" }),
      attempt(true, null),
    ]).to.deep.equal(["peer-down", null, null, null]);
  });
});

describe("bytes that are encrypted from the first one", () => {
  readsRecordedBytes(raw, "tls");
});
