/**
 * Shortens the lists of a long run's result to what a reader looks for. An invocation of which no source shows anything unusual, and near
 * which nothing unusual happened, is only counted. The numbers, the findings and the verdict were made from all invocations before.
 */
import type {
  ConnectionResult,
  EnvironmentResult,
  InvocationResult,
} from "../../result/environment-result.ts";
import { firstIndex } from "../../base/first-index.ts";
import type { JudgedFunction } from "../../result/judgement.ts";
import { madeFrom } from "../../base/listed.ts";
import { durationMs, epochMs, isoTime, parseIsoTime, type DurationMs } from "../../base/time.ts";

/** A result lists up to this many invocations without asking which of them matter. */
const LISTED_MAX = 20_000;

/** An invocation is near something unusual if it begins less than this before it, or ends less than this after it. */
const NEAR_MS = durationMs(1_000);

export function shortenLists(judged: JudgedFunction, listedMax = LISTED_MAX): JudgedFunction {
  const { invocationList, environments, findings } = judged;
  if (invocationList.length <= listedMax) return judged;
  const named = new Set(findings.flatMap(({ requestIds }) => [...requestIds]));
  const isUnusual = (one: InvocationResult): boolean =>
    showsMore(one) || (one.requestId !== null && named.has(one.requestId));
  const unusual = new UnusualMoments();
  for (const { initStart, initEnd, firstInvoke, lastInvoke, end, boots } of environments) {
    for (const moment of [initStart, initEnd, firstInvoke, lastInvoke, end]) unusual.add(moment, moment);
    for (const { from, to, reset } of boots) if (reset !== null) unusual.add(from, to);
  }
  for (const one of invocationList) if (isUnusual(one)) unusual.add(one.from, one.to);
  const isListed = (one: InvocationResult): boolean =>
    one.from === null || isUnusual(one) || unusual.areNear(one.from, one.to ?? one.from);
  const kept: number[] = [];
  const started = new Map<string | null, Started[]>();
  let index = 0;
  for (const one of invocationList) {
    const listed = isListed(one);
    if (listed) kept.push(index);
    index += 1;
    const own = started.get(one.environment) ?? [];
    started.set(one.environment, own);
    own.push({ from: one.from ?? "", listed });
  }
  if (kept.length === invocationList.length) return judged;
  return {
    ...judged,
    environments: environments.map((one) => withConnectionsListed(one, started.get(one.id) ?? [])),
    invocationList: madeFrom(kept, (place) => invocationList.at(place) as InvocationResult),
    invocationsCondensed: invocationList.length - kept.length,
  };
}

interface Started {
  readonly from: string;
  readonly listed: boolean;
}

/** Whether more is known of the invocation than that it was answered. No source shows a failure of an invocation whose outcome is unknown. */
function showsMore(one: InvocationResult): boolean {
  return (
    (one.outcome !== "succeeded" && one.outcome !== "unknown") ||
    one.cause !== null ||
    one.harmed ||
    one.delayed ||
    one.takenOver !== undefined ||
    one.answerLost !== undefined
  );
}

/** Leaves out the connections that an invocation which is only counted opened, and that ended before the environment's next START. */
function withConnectionsListed(
  environment: EnvironmentResult,
  started: readonly Started[],
): EnvironmentResult {
  const inOrder = [...started].sort((a, b) => (a.from < b.from ? -1 : 1));
  const isOrdinary = ({ from, to, outcome, openedIn }: ConnectionResult): boolean => {
    if (from === null || to === null || outcome !== "accepted" || openedIn !== "invoke") return false;
    const next = firstIndex(inOrder.length, (index) => (inOrder[index]?.from ?? "") > from);
    return inOrder[next - 1]?.listed === false && to < (inOrder[next]?.from ?? "");
  };
  const connections = environment.connections.filter((connection) => !isOrdinary(connection));
  return connections.length === environment.connections.length
    ? environment
    : { ...environment, connections };
}

/** Times in the form of isoTime (base/time.ts) are in the order of their texts. */
class UnusualMoments {
  readonly #spans: { readonly from: string; to: string }[] = [];
  #isOrdered = false;

  add(from: string | null, to: string | null): void {
    if (from === null) return;
    this.#spans.push({ from: moved(from, durationMs(0 - NEAR_MS)), to: moved(to ?? from, NEAR_MS) });
    this.#isOrdered = false;
  }

  areNear(from: string, to: string): boolean {
    if (!this.#isOrdered) this.#order();
    const next = firstIndex(this.#spans.length, (index) => (this.#spans[index]?.from ?? "") > to);
    return (this.#spans[next - 1]?.to ?? "") >= from;
  }

  /** Makes each span end no earlier than all spans before it, so that only one of them must be looked at. */
  #order(): void {
    this.#spans.sort((a, b) => (a.from < b.from ? -1 : 1));
    let latest = "";
    for (const span of this.#spans) {
      if (span.to < latest) span.to = latest;
      latest = span.to;
    }
    this.#isOrdered = true;
  }
}

function moved(instant: string, byMs: DurationMs): string {
  return isoTime(epochMs((parseIsoTime(instant) ?? 0) + byMs));
}
