/**
 * Tests that lines of soaks on a busy machine fit. Each was recorded beside ten or twenty busy processes, and once fitted no history. Times are
 * milliseconds.
 */
import { expect } from "chai";
import { readLinks } from "../../../src/analysis/timeline/link-timeline.ts";
import { peerTimeline } from "../../../src/analysis/timeline/peer-timeline.ts";
import { epochMs, isoTime } from "../../../src/base/time.ts";
import { onAxis } from "../../../src/base/clocks.ts";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import type { PeerEvent, PeerLogRecord } from "../../../src/record/peer-log.ts";
import type { Facts } from "../../../src/theory/facts/facts.ts";
import { notUntil, seenAt, UNKNOWN } from "../../../src/theory/facts/sighting.ts";
import { judgeHypotheses } from "../../../src/theory/judge-hypotheses.ts";
import type { Admission } from "../../../src/words/admission.ts";
import { connectionFacts } from "../recorded/connection-facts.ts";
import { ownPeer } from "../recorded/hypotheses-of.ts";
import { seenEnds } from "../recorded/seen-ends.ts";
import { caseOf, serverOf } from "../worlds/case.ts";

interface Client {
  readonly link: readonly (readonly [number, LinkLogRecord["event"], Partial<LinkLogRecord>?])[];
  readonly peer: readonly (readonly [number, PeerEvent])[];
}

const BEGIN = 1_000;
const END = 10_000;
const timeOf = (time: number): string => isoTime(epochMs(time));

/** Whether a history fits in which each client belongs to an environment of its own. */
function fits(admission: Admission, clients: readonly Client[]): boolean {
  const linkLog = clients.flatMap(({ link }, index) =>
    link.map(([time, event, more]): LinkLogRecord => ({
      ...{ time: timeOf(time), event, functionName: "f", environment: `E${index}`, boot: 1 },
      ...{ connection: index, upstreamLocal: null, by: null, ending: null, answered: false, error: null },
      ...more,
    })),
  );
  const log = clients.flatMap(({ peer }, index) =>
    peer.map(([time, event]) => ({
      time: timeOf(time),
      event,
      connection: index + 1,
      remote: null,
      hello: null,
    })),
  );
  const inOrder: PeerLogRecord[] = log.sort((one, other) => one.time.localeCompare(other.time));
  const { connections } = peerTimeline(inOrder);
  const ends = seenEnds(linkLog);
  const unseen = { began: seenAt(BEGIN), initEnded: UNKNOWN, ended: UNKNOWN };
  const facts: Facts = {
    processes: clients.map((_, index) => ({
      ...{ ...unseen, id: `E${index}#1`, environment: `E${index}`, boot: 1 },
      ...{ endedSilently: false, attemptsComplete: true },
    })),
    invocations: [
      { id: "1", process: "E0#1", began: seenAt(BEGIN, END), ended: seenAt(BEGIN, END), failed: false },
    ],
    connections: readLinks(linkLog).map((link) =>
      connectionFacts(link, {
        ...{ owner: `${link.environment}#1`, over: null, logged: true, down: false, end: epochMs(END) },
        peer: connections.find(({ number }) => number === link.number + 1) ?? null,
        seenEnd: ends.get(link.number) ?? null,
        places: connections.flatMap(({ acceptedAt }) => onAxis(acceptedAt) ?? []).sort((a, b) => a - b),
      }),
    ),
    ...{ hidden: [], concurrent: false, begin: BEGIN, end: END },
  };
  return (
    judgeHypotheses([{ facts, server: ownPeer(admission, { places: 1, endsClients: false }) }]).fates.size > 0
  );
}

describe("the theory about a busy machine", () => {
  it("fits if the peer reads a request and the client's end more than a second after the client has gone", () => {
    const link = [
      ...([
        [3_452, "opened"],
        [3_455, "connected"],
        [4_032, "answered"],
      ] as const),
      [4_080, "half-closed", { by: "function" }] as const,
      [6_553, "closed", { by: "function", ending: "fin" }] as const,
    ];
    const peer = [
      [3_662, "accepted"],
      [5_568, "request"],
      [6_366, "closed"],
    ] as const;
    expect(fits("evict", [{ link, peer }])).to.equal(true);
  });

  it("fits if the peer stands still between the end of a client and the place of the newer one", () => {
    const older: Client = {
      link: [
        ...([
          [3_955, "opened"],
          [3_956, "connected"],
          [4_024, "answered"],
        ] as const),
        [4_950, "half-closed", { by: "peer" }],
        [9_092, "closed", { by: "peer", ending: "fin" }],
      ],
      peer: [
        [4_009, "accepted"],
        [4_711, "evicted"],
      ],
    };
    const newer: Client = {
      link: [
        [4_543, "opened"],
        [4_544, "connected"],
        [4_949, "answered"],
      ],
      peer: [
        [4_940, "accepted"],
        [5_033, "request"],
      ],
    };
    expect(fits("evict", [older, newer])).to.equal(true);
  });

  it("fits if the link writes the line about a reset after the peer has read the reset", () => {
    const link = [
      ...([
        [9_391, "opened"],
        [9_392, "connected"],
        [9_494, "answered"],
      ] as const),
      [9_757, "closed", { by: "environment-end", ending: "rst" }] as const,
    ];
    const peer = [
      [9_397, "accepted"],
      [9_501, "request"],
      [9_750, "reset"],
    ] as const;
    expect(fits("refuse", [{ link, peer }])).to.equal(true);
  });

  it("fits no history if the peer frees a place before its client has gone", () => {
    const link = [
      ...([
        [3_452, "opened"],
        [3_455, "connected"],
        [4_032, "answered"],
      ] as const),
      [4_080, "half-closed", { by: "function" }] as const,
    ];
    expect(
      fits("refuse", [
        {
          link,
          peer: [
            [3_662, "accepted"],
            [4_070, "closed"],
          ],
        },
      ]),
    ).to.equal(false);
  });

  it("says that the environment for whose place a client waited did the harm, also if it went just before the client gave up", () => {
    const { answers } = judgeHypotheses([
      caseOf(
        [
          { environment: "E1", until: 7, asked: 2, connection: { ended: seenAt(7) } },
          { environment: "E2", until: 8, asked: 3, connection: { ended: seenAt(8), placed: notUntil(8) } },
        ],
        serverOf({ queue: Infinity }, { takes: 4 }),
      ),
    ]);
    expect([...answers.values()].map(({ harmed, holders }) => ({ harmed, holders }))).to.deep.equal([
      { harmed: "clear", holders: null },
      { harmed: "found", holders: ["E1"] },
    ]);
  });
});
