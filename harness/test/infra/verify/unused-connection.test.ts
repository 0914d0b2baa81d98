/** Tests what the probes of frozen and ended environments read from a peer's log. */
import { expect } from "chai";
import { endWithin } from "../../../../scripts/infra/verify/full-probes/environment-end.ts";
import { frozenFor } from "../../../../scripts/infra/verify/full-probes/frozen-tcp.ts";
import { unusedConnection } from "../../../../scripts/infra/verify/full-probes/unused-connection.ts";
import { fullContext } from "./full-context.ts";

const record = (event: string, connection: number, logStream: string | null = null): string =>
  JSON.stringify({ event, connection, hello: logStream === null ? null : { logStream } });
const UNUSED = record("accepted", 7, "2026/11/26/[3]a");
const OTHER = record("refused", 8, "2026/11/26/[$LATEST]b");

describe("infrastructure: the connection of an environment that is never invoked", () => {
  for (const { what, lines, is } of [
    {
      what: "is null if the log has no such connection",
      lines: [record("accepted", 1, "2026/11/26/[$LATEST]b"), "no JSON"],
      is: null,
    },
    { what: "is open until the peer logs its end", lines: [UNUSED, OTHER], is: open(7, "3") },
    {
      what: "ends with the event that the peer logged",
      lines: [UNUSED, OTHER, record("reset", 7)],
      is: { ...open(7, "3"), end: "reset" },
    },
    {
      what: "is the last one if the log has several",
      lines: [UNUSED, record("closed", 7), record("accepted", 9, "2026/11/26/[4]c")],
      is: open(9, "4"),
    },
  ])
    it(what, () => {
      expect(unusedConnection(lines)).to.deep.equal(is);
    });

  it("shows, if it is still open after the wait, that TCP answered the peer's keep-alive while the environment was frozen", async () => {
    const context = fullContext({ peerLines: () => Promise.resolve([UNUSED, OTHER]) });
    expect((await frozenFor(0)(context)).outcome).to.equal("confirmed");
  });

  it("shows, if the peer's keep-alive ended it, that TCP did not answer", async () => {
    let looks = 0;
    const peerLines = () => Promise.resolve((looks += 1) === 1 ? [UNUSED] : [UNUSED, record("reset", 7)]);
    expect(await frozenFor(0)(fullContext({ peerLines }))).to.deep.equal({
      outcome: "differs",
      text: "Within 0 min the peer's keep-alive or a RST ended the connection of the frozen environment.",
    });
  });

  it("shows nothing about TCP if AWS ended the environment meanwhile", async () => {
    let looks = 0;
    const peerLines = () => Promise.resolve((looks += 1) === 1 ? [UNUSED] : [UNUSED, record("closed", 7)]);
    expect((await frozenFor(0)(fullContext({ peerLines }))).outcome).to.equal("not reached");
  });

  it("is not probed if it has already ended", async () => {
    const peerLines = () => Promise.resolve([UNUSED, record("closed", 7)]);
    expect((await frozenFor(0)(fullContext({ peerLines }))).outcome).to.equal("not reached");
    expect((await endWithin(0)(fullContext({ peerLines }))).outcome).to.equal("not reached");
  });

  for (const { event, outcome, text } of [
    { event: "closed", outcome: "confirmed", text: /ended with FIN, 0 s after/ },
    { event: "reset", outcome: "differs", text: /saw a RST, or its keep-alive was not answered/ },
    { event: null, outcome: "differs", text: /For 0 min the peer saw neither a FIN nor a RST/ },
  ])
    it(`shows what the peer saw at the end of the environment: ${event ?? "nothing"}`, async () => {
      let deleted: unknown = null;
      const context = fullContext({
        answers: { DeleteProvisionedConcurrencyConfig: (input) => ((deleted = input), {}) },
        peerLines: () =>
          Promise.resolve(deleted === null || event === null ? [UNUSED] : [UNUSED, record(event, 7)]),
      });
      const seen = await endWithin(0)(context);
      expect(deleted).to.deep.equal({ FunctionName: "lrv-1-init-connect", Qualifier: "3" });
      expect(seen.outcome).to.equal(outcome);
      expect(seen.text).to.match(text);
    });
});

function open(connection: number, version: string) {
  return { connection, version, end: null };
}
