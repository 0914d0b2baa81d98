/**
 * Decides whether an execution environment was at work or idle during a span (docs/checks.md#more-than-one-place). The answer must hold for
 * the whole span, extended by the clock tolerance on both sides. Else it is `unknown`.
 */
import { ALWAYS, NEVER, onAxis, widened, type Span } from "../../base/clocks.ts";
import { firstIndex } from "../../base/first-index.ts";
import type { ObservedEnvironment } from "../timeline/environment.ts";
import { initWaitedFor } from "../timeline/init-waited-for.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export type Work = "at-work" | "idle" | "unknown";

interface WorkSpan extends Span {
  /** Whether the environment was certainly at work during the whole span. */
  readonly certain: boolean;
}

export function workDuring(history: FunctionHistory, environment: ObservedEnvironment, span: Span): Work {
  if (history.skew.some(({ contradictory }) => contradictory)) return "unknown";
  const around = withTolerance(history, span);
  const touching = spansTouching(workSpans(environment), around);
  if (touching.length === 0)
    return isWhole(history, environment, around) && isSettled(history, around) ? "idle" : "unknown";
  const covered = touching.some(({ from, to, certain }) => certain && from <= around.from && to >= around.to);
  return covered ? "at-work" : "unknown";
}

/** Whether the environment would count as idle if the log did not end so soon after the span. */
export function isIdleSoFar(history: FunctionHistory, environment: ObservedEnvironment, span: Span): boolean {
  if (history.skew.some(({ contradictory }) => contradictory)) return false;
  const around = withTolerance(history, span);
  return spansTouching(workSpans(environment), around).length === 0 && isWhole(history, environment, around);
}

function withTolerance({ local, settings }: FunctionHistory, span: Span): Span {
  return widened(span, local ? 0 : settings.clockToleranceMs);
}

/** The spans are sorted and do not overlap, so those that touch the given span are adjacent. */
function spansTouching(spans: readonly WorkSpan[], { from, to }: Span): readonly WorkSpan[] {
  const touching: WorkSpan[] = [];
  const after = firstIndex(spans.length, (index) => (spans[index]?.from ?? Infinity) > to);
  for (let index = after - 1; index >= 0; index -= 1) {
    const one = spans[index];
    if (one === undefined || one.to < from) break;
    touching.push(one);
  }
  return touching;
}

/** True if no line about an invocation in this span can be missing, except for lines that were not yet delivered. */
function isWhole(history: FunctionHistory, environment: ObservedEnvironment, span: Span): boolean {
  const { logsDropped, unread, unrecognised, boots } = environment;
  if (logsDropped || unread.lines > 0 || unrecognised.size > 0) return false;
  if (boots.some(({ missingLines }) => missingLines)) return false;
  if (history.driver?.whole === false) return false;
  return !unplacedCalls(history).some(({ from, to }) => from <= span.to && to >= span.from);
}

/** Whether all lines about this span have been delivered. */
function isSettled(history: FunctionHistory, span: Span): boolean {
  if (history.driver?.settled?.settled === true) return true;
  return history.evidenceEnd !== null && history.evidenceEnd - span.to >= history.settings.settleMs;
}

const known = new WeakMap<ObservedEnvironment, readonly WorkSpan[]>();

function workSpans(environment: ObservedEnvironment): readonly WorkSpan[] {
  let spans = known.get(environment);
  if (spans === undefined) {
    spans = [...initSpans(environment), ...invocationSpans(environment)].sort((a, b) => a.from - b.from);
    known.set(environment, spans);
  }
  return spans;
}

function invocationSpans({ invocations, firstLine }: ObservedEnvironment): WorkSpan[] {
  return invocations.map((one, index) => {
    const { start, end, endedBy } = one;
    const next = invocations.at(index + 1)?.start ?? NEVER;
    // An invocation whose START is missing may have begun as soon as the earlier invocation had ended.
    const earliest = invocations.at(index - 1)?.end ?? firstLine;
    return {
      from: start ?? (index === 0 ? firstLine : earliest),
      to: end ?? next,
      certain: start !== null && end !== null && endedBy !== "next-start",
    };
  });
}

/** Returns the span from the beginning of the Init to the first START. Empty if certainly no invocation waited for the Init. */
function initSpans(environment: ObservedEnvironment): WorkSpan[] {
  const { init, firstLine } = environment;
  const first = environment.invocations.find(({ start }) => start !== null)?.start ?? null;
  // Nothing shows what an environment did before the evidence begins.
  if (init === null) return [{ from: ALWAYS, to: firstLine, certain: false }];
  if (init.status !== "success")
    return [{ from: init.start, to: first ?? init.end ?? NEVER, certain: false }];
  if (first === null) return [];
  const { waitedFor } = initWaitedFor(environment, first);
  return waitedFor === false ? [] : [{ from: init.start, to: first, certain: waitedFor === true }];
}

const unplaced = new WeakMap<FunctionHistory, readonly Span[]>();

/** Returns the spans in which the driver waited for an invocation that is in no log stream. Any environment may have run it. */
function unplacedCalls(history: FunctionHistory): readonly Span[] {
  let spans = unplaced.get(history);
  if (spans === undefined) {
    const placed = new Set(history.invocations.map(({ requestId }) => requestId));
    spans = (history.driver?.invocations ?? [])
      .filter(
        ({ sentAt, requestId, outcome }) =>
          sentAt !== null &&
          outcome?.outcome !== "throttled" &&
          (requestId === null || !placed.has(requestId)),
      )
      .map(({ sentAt, endedAt }) => ({ from: onAxis(sentAt) ?? ALWAYS, to: onAxis(endedAt) ?? NEVER }));
    unplaced.set(history, spans);
  }
  return spans;
}
