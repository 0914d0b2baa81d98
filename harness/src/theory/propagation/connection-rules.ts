/** Rules about one connection. Each has the sentence that proves it from the clauses. */
import type { ConnectionFacts } from "../facts/facts.ts";
import type { Hypothesis } from "../model/hypothesis.ts";
import type { ConnectionEvent } from "../states/state.ts";

export interface Narrowing {
  readonly event: ConnectionEvent;
  readonly from?: number;
  readonly to?: number;
}

export interface NarrowingRule {
  readonly name: string;
  readonly proof: string;
  readonly narrows: (c: ConnectionFacts, hypothesis: Hypothesis) => readonly Narrowing[];
}

/** Pairs of events of which the second never comes before the first, and cannot come without it. */
const FOLLOWS: readonly (readonly [ConnectionEvent, ConnectionEvent])[] = [
  ...(["spoke", "queued", "placed", "turnedAway", "firstByte", "serverClosed", "ended"] as const).map(
    (event) => ["asked", event] as const,
  ),
  ["placed", "evicted"],
  ["placed", "freed"],
  ["ended", "freed"],
];

export const connectionRules: readonly NarrowingRule[] = [
  {
    name: "after-its-cause",
    proof:
      "A move of a connection is possible only after the moves that lead to its stage, so the earliest moment of the first bounds the second.",
    narrows: (c) => FOLLOWS.map(([first, second]) => ({ event: second, from: c[first].from })),
  },
  {
    name: "before-its-effect",
    proof: "If the second event was seen, the first happened at the latest when the second happened.",
    narrows: (c) =>
      FOLLOWS.flatMap(([first, second]) => (c[second].seen ? [{ event: first, to: c[second].to }] : [])),
  },
  {
    name: "one-decision",
    proof:
      "A client that has a place is never turned away later, and the other way round; an exchange needs a place.",
    narrows: (c) => {
      if (c.placed.seen || c.evicted.seen || c.freed.seen || c.used.some(({ seen }) => seen))
        return [{ event: "turnedAway", to: -Infinity }];
      if (c.turnedAway.seen)
        return (["placed", "evicted", "freed"] as const).map((event) => ({ event, to: -Infinity }));
      return [];
    },
  },
  {
    name: "told-soon-before-freed",
    proof:
      "A place is free within `frees` after its client has gone, unless it was given to a client that had already gone.",
    narrows: (c, { server: { lags } }) =>
      c.freed.seen && c.placed.to + lags.frees < c.freed.from
        ? [{ event: "ended", from: c.freed.from - lags.frees }]
        : [],
  },
  {
    name: "decided-soon-before-closed",
    proof:
      "The server ends a client that it turned away within `closes` after that, unless the client went first; so if the client went later, if at all, the decision was at most that much earlier.",
    narrows: (c, { server: { lags } }) =>
      c.turnedAway.seen && c.serverClosed.seen && c.ended.from > c.serverClosed.to
        ? [{ event: "turnedAway", from: c.serverClosed.from - lags.closes }]
        : [],
  },
  {
    name: "decision-before-its-bytes",
    proof:
      "Before the server's first byte, the server has given the client a place or turned it away with words. If it turns nobody away with words, the byte means a place.",
    narrows: (c, { server }) => {
      if (!c.firstByte.seen || server.manner.full === "says-no") return [];
      return [
        { event: "placed", to: c.firstByte.to },
        { event: "turnedAway", to: -Infinity },
      ];
    },
  },
  {
    name: "bytes-after-a-decision",
    proof:
      "The server's first byte means a place or the words with which it turns a client away, so it is not before the earlier of the two.",
    narrows: ({ placed, turnedAway }, { server: { manner } }) => [
      {
        event: "firstByte",
        from: Math.min(placed.from, manner.full === "says-no" ? turnedAway.from : Infinity),
      },
    ],
  },
  {
    name: "closed-after-a-reason",
    proof:
      "The server ends a connection only when it has turned the client away, evicted it or served it for `serves`, or when the client has gone, which shows in `ended` if its process cannot end silently.",
    narrows: ({ asked, turnedAway, evicted, ended, owners }, { facts, server: { manner, lags } }) => {
      const silent = facts.processes.some((p) => p.endedSilently !== false && owners.includes(p.id));
      const earliest = silent ? asked.from : manner.endsClients ? asked.from + lags.serves : Infinity;
      return [{ event: "serverClosed", from: Math.min(turnedAway.from, evicted.from, ended.from, earliest) }];
    },
  },
];
