import { expect } from "chai";
import { decideAttempt, type Sight } from "../../src/connection/attempt.ts";
import { rawProtocol, longrunProtocol } from "../../src/connection/protocol.ts";

const longrun = longrunProtocol();
const bytes = rawProtocol({ request: null, expect: null });

describe("the outcome of an attempt", () => {
  const deadline: Sight = { saw: "deadline", limitMs: 2_000 };
  const fin: Sight = { saw: "fin" };
  const reset: Sight = { saw: "error", text: "ECONNRESET" };
  const answer: Sight = { saw: "finding", finding: { found: "answer", id: null, payload: null } };
  /** Each row's name begins with the protocol of the peer. */
  const rows: readonly [string, typeof longrun, boolean, Sight, string | null][] = [
    ["longrun: welcome", longrun, true, { saw: "finding", finding: { found: "welcome" } }, "accepted"],
    ["longrun: busy", longrun, true, { saw: "finding", finding: { found: "busy" } }, "refused"],
    ["longrun: no answer in time", longrun, true, deadline, "timed-out"],
    ["longrun: TCP did not open in time", longrun, false, deadline, "failed"],
    ["longrun: nothing listens", longrun, false, { saw: "error", text: "ECONNREFUSED" }, "failed"],
    ["longrun: nothing listens behind a link, which closes with FIN", longrun, true, fin, "failed"],
    ["longrun: nothing listens behind a link, which closes with RST", longrun, true, reset, "failed"],
    [
      "longrun: evicted before the welcome",
      longrun,
      true,
      { saw: "finding", finding: { found: "evicted" } },
      "evicted",
    ],
    [
      "longrun: another protocol",
      longrun,
      true,
      { saw: "finding", finding: { found: "gibberish", text: "HTTP/1.1" } },
      "failed",
    ],
    ["longrun: a reply before the welcome", longrun, true, answer, null],
    ["raw: the expected bytes", bytes, true, answer, "accepted"],
    ["raw: closed by FIN before the expected bytes", bytes, true, fin, "refused"],
    ["raw: closed by RST before the expected bytes", bytes, true, reset, "refused"],
    ["raw: no bytes in time", bytes, true, deadline, "timed-out"],
    ["raw: TCP did not open in time", bytes, false, deadline, "failed"],
    ["raw: nothing listens", bytes, false, { saw: "error", text: "ECONNREFUSED" }, "failed"],
  ];
  for (const [name, protocol, tcpOpen, sight, outcome] of rows) {
    it(`is ${outcome ?? "undecided"} (${name})`, () => {
      expect(decideAttempt(sight, { tcpOpen, protocol })?.outcome ?? null).to.equal(outcome);
    });
  }
});
