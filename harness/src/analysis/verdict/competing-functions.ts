/**
 * Finds environments that were connected while invocations of another function could not connect. Only an environment of the same function
 * does harm, so this changes no verdict (docs/checks.md#functions-with-one-peer).
 */
import { after, earlier, earlierBy, later } from "../../base/clocks.ts";
import type { DurationMs, EpochMs } from "../../base/time.ts";
import type { Listed } from "../../base/listed.ts";
import type { CompetingFunctions } from "../../result/findings/exposure-findings.ts";
import type { JudgedFinding } from "../../result/judgement.ts";
import { knownOpenUntil } from "../attribution/known-open.ts";
import type { Attempt } from "../timeline/environment.ts";
import { holdFrom, holdTo } from "../timeline/hold.ts";
import type { AssessedInvocation } from "./assessed-invocation.ts";
import { iso } from "./describe-environment.ts";
import type { InvocationAssessment } from "./invocation-assessment.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

/**
 * The facts of a function that are compared with other functions. They are few, because all functions are compared at the end, and the
 * evidence of only one function at a time is in memory. A function with several peers has one contender for each peer.
 */
export interface Contender {
  readonly name: string;
  /** The name of the peer. Null if the function has only one peer. */
  readonly peer: string | null;
  readonly places: number | null;
  /** The invocations that could not connect, in the order of their STARTs. */
  readonly turnedAway: readonly TurnedAway[];
  readonly kept: readonly KeptSpan[];
}

interface TurnedAway {
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly toleranceMs: DurationMs;
  /** How the strangers that held the peer named themselves. */
  readonly strangers: readonly string[];
  /** Whether nothing in the evidence of the function shows which client the peer served. */
  readonly byUnknown: boolean;
}

interface Competition {
  readonly status: "found" | "unknown";
  readonly holder: string;
  readonly environments: Set<string>;
  invocations: number;
  from: EpochMs;
  to: EpochMs;
}

interface KeptSpan {
  readonly environment: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** `ownPeer`: longrun started a peer for this function alone, so none of its connections can keep another function from a peer. */
export function contender(
  history: FunctionHistory,
  judged: Listed<AssessedInvocation>,
  { peer, ownPeer }: { readonly peer: string | null; readonly ownPeer: boolean },
): Contender {
  const toleranceMs = history.settings.clockToleranceMs;
  const turnedAway: TurnedAway[] = [];
  for (const { assessment, invocation } of judged) {
    if (assessment === null || invocation?.start == null) continue;
    const { start } = invocation;
    const [strangers, byUnknown] = [strangersOf(assessment), isByUnknown(history, assessment)];
    if (strangers.length > 0 || byUnknown)
      turnedAway.push({ start, end: invocation.end ?? start, toleranceMs, strangers, byUnknown });
  }
  const { name, capacity } = history;
  return { name, peer, places: capacity.places, turnedAway, kept: ownPeer ? [] : keptOpen(history) };
}

/**
 * Returns the findings by function. Both functions get the same finding. If the function that was turned away has several peers, its own
 * copy also names the peer.
 */
export function competingFunctions(
  all: readonly Contender[],
  streamsOf: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, readonly JudgedFinding[]> {
  const findings = new Map<string, JudgedFinding[]>();
  const add = (name: string, finding: JudgedFinding): void =>
    void findings.set(name, [...(findings.get(name) ?? []), finding]);
  const functionOf = (stream: string): string | null =>
    [...streamsOf].find(([, streams]) => streams.has(stream))?.[0] ?? null;
  for (const one of all) {
    const others = all
      .filter((other) => other.name !== one.name)
      .map((other) => ({ name: other.name, during: searchSpans(other.kept) }));
    for (const competition of competitionsOf(one, { functionOf, others })) {
      const finding = describe(competition, one);
      add(competition.holder, finding);
      add(one.name, one.peer === null ? finding : { ...finding, peer: one.peer });
    }
  }
  return findings;
}

interface Others {
  readonly functionOf: (stream: string) => string | null;
  readonly others: readonly { readonly name: string; readonly during: Search }[];
}

function competitionsOf({ turnedAway }: Contender, { functionOf, others }: Others): readonly Competition[] {
  const competitions = new Map<string, Competition>();
  for (const { start, end, toleranceMs, strangers, byUnknown } of turnedAway) {
    const by = new Map<string, { readonly status: Competition["status"]; readonly environments: string[] }>();
    const note = (holder: string, status: Competition["status"], environment: string): void => {
      const known = by.get(holder) ?? { status, environments: [] };
      known.environments.push(environment);
      by.set(holder, known);
    };
    for (const stream of strangers) {
      const holder = functionOf(stream);
      if (holder !== null) note(holder, "found", stream);
    }
    if (byUnknown)
      for (const { name, during } of others)
        for (const { environment } of during(earlierBy(start, toleranceMs), after(end, toleranceMs)))
          note(name, "unknown", environment);
    for (const [holder, { status, environments }] of by) {
      const key = `${status} ${holder}`;
      const one = competitions.get(key) ?? {
        status,
        holder,
        environments: new Set(),
        invocations: 0,
        from: start,
        to: end,
      };
      environments.forEach((environment) => one.environments.add(environment));
      one.invocations += 1;
      one.from = earlier(one.from, start);
      one.to = later(one.to, end);
      competitions.set(key, one);
    }
  }
  return [...competitions.values()];
}

function strangersOf(assessment: InvocationAssessment): readonly string[] {
  return assessment.judged === "not-harmed" ? (assessment.strangers ?? []) : [];
}

/** Whether the invocation could not connect, and nothing in the evidence of its function shows which client the peer served. */
function isByUnknown({ peer }: FunctionHistory, assessment: InvocationAssessment): boolean {
  // Nothing listened. Only a log of the peer would show that the peer was down.
  if (assessment.judged === "not-harmed") return assessment.why === "failed" && peer === null;
  if (assessment.judged !== "unknown") return false;
  const { code, parameters } = assessment.why;
  if (code !== "holder-unknown") return code === "turned-away-by-nobody" || code === "places-not-held";
  const why = parameters.why.code;
  return why !== "stream-missing" && !why.startsWith("lease-");
}

/**
 * Returns the connections that an Init opened, and those that were kept after the invocation that opened them. A connection that ended
 * within its invocation is left out, because invocations that are counted and not listed may have had such connections too.
 */
function keptOpen(history: FunctionHistory): readonly KeptSpan[] {
  return history.holds.flatMap((hold) => {
    const from = holdFrom(hold);
    const to = endOf(history, hold);
    const within = hold.invocation !== null && to <= (hold.invocation.end ?? Infinity);
    return within ? [] : [{ environment: hold.environment.id, from, to }];
  });
}

type Search = (from: EpochMs, to: EpochMs) => readonly KeptSpan[];

/** Searches for the connections that were open throughout a time. The times must ascend, so that each ended connection is examined once. */
function searchSpans(spans: readonly KeptSpan[]): Search {
  const sorted = [...spans].sort((a, b) => a.from - b.from);
  let next = 0;
  let open: readonly KeptSpan[] = [];
  return (from, to) => {
    const first = next;
    while ((sorted[next]?.from ?? Infinity) <= from) next += 1;
    open = [...open, ...sorted.slice(first, next)].filter((one) => one.to >= from);
    return open.filter((one) => one.to >= to);
  };
}

/** If the function found the connection reset, the connection had ended before, at an unknown time. */
function endOf(history: FunctionHistory, hold: Attempt): EpochMs {
  const known = hold.disconnect?.outcome == null ? holdTo(hold) : null;
  return known ?? knownOpenUntil(history, hold);
}

const ENVIRONMENTS_NAMED_MAX = 3;

function describe(
  { status, holder, environments, invocations, from, to }: Competition,
  { name, places }: Contender,
): JudgedFinding {
  const ids = [...environments];
  const parameters: CompetingFunctions = {
    holder,
    environments: ids.slice(0, ENVIRONMENTS_NAMED_MAX),
    moreEnvironments: Math.max(0, ids.length - ENVIRONMENTS_NAMED_MAX),
    turnedAway: name,
    invocations,
  };
  return {
    check: "functions-compete",
    kind: "exposure",
    status,
    ...(status === "found"
      ? { code: "peer-shared", parameters: { ...parameters, places } }
      : { code: "peer-perhaps-shared", parameters }),
    environment: null,
    holder: ids[0] ?? null,
    from: iso(from),
    to: iso(to),
    requestIds: [],
  };
}
