import { expect } from "chai";
import { outcomeByManner, probedManner } from "../../../src/analysis/correlate/outcome-by-manner.ts";
import { linkTimeline, readLinks } from "../../../src/analysis/timeline/link-timeline.ts";
import { epochMs, isoTime } from "../../../src/base/time.ts";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import type { FirstAnswer, ProbedPeer, WhenFull } from "../../../src/record/probe.ts";

const BUSY: FirstAnswer = { bytes: 6, digest: "b" };
const VALUE: FirstAnswer = { bytes: 5, digest: "v" };
const OTHER_BUSY: FirstAnswer = { bytes: 6, digest: "o" };
const HELLO: FirstAnswer = { bytes: 3, digest: "h" };
const END = 60_000;

function probed(whenFull: WhenFull, told: readonly (FirstAnswer | null)[], more = {}): ProbedPeer {
  const connections = told.map((answer, index) => ({
    ...{ number: index + 1, local: null, askedMs: 0, openedMs: 1, end: null, closedMs: null },
    greeting: answer === null ? null : { atMs: 1, ...answer },
  }));
  const manner = { places: 1, whenFull, unknown: null, turnsAwayAfterMs: 1, freesAfterMs: null, ...more };
  return { name: null, address: "m:1", time: isoTime(epochMs(0)), lengthMs: 9, connections, manner };
}

const CLOSES = probed("closes", [null, null]);
const SAYS = probed("says-and-closes", [null, BUSY]);
const SAYS_SAME = probed("says-and-closes", [HELLO, HELLO]);
const WAITS = probed("waits", [HELLO, null]);
const NOT_LISTENING = probed("does-not-listen", [null, null]);
const SLOW = probed("closes", [null, null], { turnsAwayAfterMs: 2_300 });

interface Seen {
  readonly answer?: FirstAnswer;
  readonly endedBy?: "function" | "peer" | "environment-end";
  readonly afterMs?: number;
}

/** A connection that is made at 0. Without `endedBy` it is open at the end of the evidence. */
function outcome(peer: ProbedPeer, { answer, endedBy, afterMs = 5 }: Seen, evidenceEnd = END): string | null {
  const line = (
    ms: number,
    event: LinkLogRecord["event"],
    more: Partial<LinkLogRecord> = {},
  ): LinkLogRecord => ({
    ...{ time: isoTime(epochMs(ms)), event, functionName: "f", environment: "e", boot: 1, connection: 1 },
    ...{ upstreamLocal: null, by: null, ending: null, answered: answer !== undefined && ms > 0, error: null },
    ...more,
  });
  const links = readLinks([
    line(0, "opened"),
    line(0, "connected"),
    ...(answer === undefined ? [] : [line(2, "answered", { answer })]),
    ...(endedBy === undefined ? [] : [line(afterMs, "closed", { by: endedBy, ending: "fin" })]),
  ]);
  linkTimeline(links);
  const manner = probedManner(peer, { places: 1, evidenceEnd: epochMs(evidenceEnd) });
  const [link] = links;
  if (link === undefined || manner === null) throw new Error("no connection, or no manner");
  return outcomeByManner(link, manner);
}

const CASES: readonly (readonly [string, ProbedPeer, Seen, string | null])[] = [
  [
    "closes: an answer is only for who has a place",
    CLOSES,
    { answer: VALUE, endedBy: "function" },
    "accepted",
  ],
  ["closes: closed at once", CLOSES, { endedBy: "peer" }, "refused"],
  ["closes: silent and kept, to the end of the evidence", CLOSES, {}, "accepted"],
  ["closes: silent and kept for long", CLOSES, { endedBy: "environment-end", afterMs: 4_000 }, "accepted"],
  ["closes: ended by the machine after long", CLOSES, { endedBy: "peer", afterMs: 4_000 }, "accepted"],
  ["closes: the client left before it could be turned away", CLOSES, { endedBy: "function" }, null],
  ["closes slowly: closed after 3 s", SLOW, { endedBy: "peer", afterMs: 3_000 }, "refused"],
  ["closes slowly: the client left after 3 s", SLOW, { endedBy: "function", afterMs: 3_000 }, null],
  ["says: the words of the probe", SAYS, { answer: BUSY, endedBy: "peer" }, "refused"],
  [
    "says: the words of the probe, and the client left first",
    SAYS,
    { answer: BUSY, endedBy: "function" },
    "refused",
  ],
  ["says: other words", SAYS, { answer: VALUE, endedBy: "function" }, "accepted"],
  ["says: other words, then closed at once", SAYS, { answer: VALUE, endedBy: "peer" }, null],
  ["says: equally long words, as with a number", SAYS, { answer: OTHER_BUSY, endedBy: "function" }, null],
  ["says: the words of the probe, but kept", SAYS, { answer: BUSY }, null],
  ["says: silent and kept", SAYS, {}, "accepted"],
  ["says: closed without a word", SAYS, { endedBy: "peer" }, null],
  ["says the same to all: closed at once", SAYS_SAME, { answer: HELLO, endedBy: "peer" }, null],
  ["says the same to all: the client left first", SAYS_SAME, { answer: HELLO, endedBy: "function" }, null],
  ["says the same to all: kept", SAYS_SAME, { answer: HELLO }, "accepted"],
  ["does not listen: an answer", NOT_LISTENING, { answer: VALUE, endedBy: "function" }, "accepted"],
  ["does not listen: silent and kept", NOT_LISTENING, {}, "accepted"],
  ["does not listen: closed at once", NOT_LISTENING, { endedBy: "peer" }, null],
  ["lets wait: greeted", WAITS, { answer: HELLO, endedBy: "function" }, "accepted"],
  ["lets wait: silent", WAITS, {}, null],
];

describe("the outcome of a connection to a machine that was probed", () => {
  for (const [name, peer, seen, expected] of CASES)
    it(`${name}: ${expected ?? "not known"}`, () => {
      expect(outcome(peer, seen)).to.equal(expected);
    });

  it("is not known at the end of the evidence, if the machine may still turn the client away", () => {
    expect(outcome(CLOSES, {}, 1_000)).to.equal(null);
  });

  it("is not decided by a manner that links cannot recognise, or by another number of places", () => {
    const evidence = { places: 1, evidenceEnd: null };
    expect(probedManner(null, evidence)).to.equal(null);
    expect(probedManner(probed("ends-older", [null, null]), evidence)).to.equal(null);
    expect(probedManner(probed("closes", [null, null], { whenFull: null, places: null }), evidence)).to.equal(
      null,
    );
    expect(probedManner(CLOSES, { ...evidence, places: 2 })).to.equal(null);
    expect(probedManner(CLOSES, { ...evidence, places: null })).to.equal(null);
  });
});
