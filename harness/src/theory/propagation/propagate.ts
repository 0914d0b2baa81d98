/**
 * Narrows the moments of a hypothesis before the search, until nothing changes. A rule removes no history: it only removes moments at
 * which no history that fits has the event. The tests judge with and without it, and the answers are the same.
 */
import type { ConnectionFacts, Facts } from "../facts/facts.ts";
import { NEVER, saysNothing, type EventSighting } from "../facts/sighting.ts";
import { withoutRedundant } from "./redundant.ts";
import type { Hypothesis } from "../model/hypothesis.ts";
import { connectionRules, type NarrowingRule } from "./connection-rules.ts";

/** Returns null if no history fits: an event that was seen has no moment left. */
export function propagate(hypothesis: Hypothesis): Hypothesis | null {
  let { facts } = hypothesis;
  for (;;) {
    const connections = facts.connections.map((c) =>
      connectionRules.reduce((now, rule) => narrow(now, rule, hypothesis), c),
    );
    if (connections.some((c) => Object.values(c).some(isImpossible))) return null;
    if (connections.every((c, index) => c === facts.connections[index]))
      return withoutRedundant({ ...hypothesis, facts });
    facts = { ...facts, connections } satisfies Facts;
  }
}

const isImpossible = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  "seen" in value &&
  (value as EventSighting).seen &&
  (value as EventSighting).from > (value as EventSighting).to;

function narrow(c: ConnectionFacts, rule: NarrowingRule, hypothesis: Hypothesis): ConnectionFacts {
  let narrowed = c;
  for (const { event, from = -Infinity, to = Infinity } of rule.narrows(c, hypothesis)) {
    const old = narrowed[event];
    // The search does not look for a byte or an end that nobody would see, so such an event stays unknown.
    const isFree = saysNothing(old) && (event === "firstByte" || event === "serverClosed");
    if (isFree || old.from === Infinity || (from <= old.from && to >= old.to)) continue;
    const next = { seen: old.seen, from: Math.max(old.from, from), to: Math.min(old.to, to) };
    narrowed = { ...narrowed, [event]: !next.seen && next.from > next.to ? NEVER : next };
  }
  return narrowed;
}
