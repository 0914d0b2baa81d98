import { expect } from "chai";
import { postgres } from "../../../src/catalogue/protocols/postgres.ts";
import { seen, serverBytes } from "./recorded-bytes.ts";

describe("bytes of Postgres", () => {
  const unanswered = serverBytes("postgres").conversations.find(({ title }) =>
    title.endsWith("never answers the query, and the client gives up"),
  );
  if (unanswered === undefined) throw new Error("the conversation is missing");
  const whole = seen(unanswered);

  it("give no outcome if the client's query has no answer and the process was killed", () => {
    expect(postgres.read(whole).attempt).to.equal("timed-out");
    const end = { by: "function", how: "fin", killed: true } as const;
    expect(postgres.read({ ...whole, end }).attempt).to.equal(null);
  });

  it("show only that the client was accepted, if some bytes of the server were not kept: they may be the answer to the query", () => {
    const last = { peer: new Uint8Array(0) };
    expect(postgres.read({ ...whole, last }).attempt).to.equal("accepted");
  });

  it("show no outcome, error or user if the client only asked whether the server encrypts", () => {
    const said = [
      { from: "function", bytes: Uint8Array.from([0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f]) },
      { from: "peer", bytes: Uint8Array.from([..."N"].map((letter) => letter.charCodeAt(0))) },
    ] as const;
    const end = { by: "function", how: "fin" } as const;
    const read = postgres.read({ ...whole, said, end, last: {}, peerSpoke: true });
    expect([read.attempt, read.code, read.user]).to.deep.equal([null, null, undefined]);
  });
});
