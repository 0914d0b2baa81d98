/**
 * Decides the outcome of the calls to which the driver got no answer (docs/checks.md#calls-without-an-answer). If exactly one of these
 * calls can have begun an invocation that the log shows, that call began it, and only the answer was lost. If a call certainly began no
 * invocation, it never arrived. All other outcomes stay unknown.
 */
import { ALWAYS, after, onAxis, widened, type Span } from "../../base/clocks.ts";
import { INIT_MS_MAX } from "../../words/time-limits.ts";
import type { DriverInvocation } from "../timeline/driver-timeline.ts";
import type { ObservedInvocation } from "../timeline/environment.ts";
import { metricsAgree } from "../correlate/metrics-comparison.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export interface UnansweredCalls {
  readonly answerLost: ReadonlyMap<DriverInvocation, ObservedInvocation>;
  readonly neverArrived: ReadonlySet<DriverInvocation>;
}

const NONE: UnansweredCalls = { answerLost: new Map(), neverArrived: new Set() };

const known = new WeakMap<FunctionHistory, UnansweredCalls>();

export function unansweredCalls(history: FunctionHistory): UnansweredCalls {
  let calls = known.get(history);
  if (calls === undefined) {
    calls = findUnanswered(history);
    known.set(history, calls);
  }
  return calls;
}

function findUnanswered(history: FunctionHistory): UnansweredCalls {
  const open = (history.driver?.invocations ?? []).filter(mayHaveBegunUnseen);
  if (open.length === 0) return NONE;
  const left = history.invocations.filter(({ requestId }) => !history.driverByRequest.has(requestId));
  const pairs = onlyPairs(
    left.map((one) => ({
      invocation: one,
      calls: open.filter((call) => !neverSent(call) && isWithin(history, call, one)),
    })),
  );
  const answerLost = new Map(
    // With `--success`, only the answer shows whether an invocation succeeded.
    history.successDeclared
      ? []
      : [...pairs, ...pairsById(history, open)].filter(([call, one]) => isUnanswered(call) && hasEnded(one)),
  );
  const taken = new Set(pairs.values());
  const leftOver = left.filter((one) => !taken.has(one));
  const neverArrived = open.filter(
    (call) =>
      isUnanswered(call) &&
      call.requestId === null &&
      !pairs.has(call) &&
      !leftOver.some((one) => isWithin(history, call, one)) &&
      (neverSent(call) || metricsAgreeOver(history, call)),
  );
  return { answerLost, neverArrived: new Set(neverArrived) };
}

function mayHaveBegunUnseen(call: DriverInvocation): boolean {
  return call.sentAt !== null && (call.outcome === null || isUnanswered(call));
}

function isUnanswered(call: DriverInvocation): boolean {
  return call.outcome?.outcome === "unknown" || neverSent(call);
}

function neverSent({ outcome }: DriverInvocation): boolean {
  return outcome?.outcome === "invocation-error" && outcome.status === null;
}

function isWithin(history: FunctionHistory, call: DriverInvocation, { start }: ObservedInvocation): boolean {
  if (start === null || call.requestId !== null) return false;
  const { from, to } = spanOf(history, call);
  return start >= from && start <= to;
}

function spanOf(history: FunctionHistory, { sentAt, endedAt }: DriverInvocation): Span {
  const tolerance = history.local ? 0 : history.settings.clockToleranceMs;
  const from = onAxis(sentAt) ?? ALWAYS;
  const to = onAxis(endedAt) ?? after(from, history.driver?.timeoutMs ?? 0);
  return widened({ from, to: after(to, INIT_MS_MAX) }, tolerance);
}

interface ClaimedCalls {
  readonly invocation: ObservedInvocation;
  readonly calls: readonly DriverInvocation[];
}

/**
 * If there is an invocation that none of the calls can have begun, somebody else also invokes the function. Then no pair is certain, and
 * none is returned.
 */
function onlyPairs(claims: readonly ClaimedCalls[]): ReadonlyMap<DriverInvocation, ObservedInvocation> {
  const pairs = new Map<DriverInvocation, ObservedInvocation>();
  let rest = claims;
  for (;;) {
    const next: ClaimedCalls[] = [];
    for (const { invocation, calls } of rest) {
      const free = calls.filter((call) => !pairs.has(call));
      const [only] = free;
      if (only === undefined) return new Map();
      if (free.length === 1) pairs.set(only, invocation);
      else next.push({ invocation, calls: free });
    }
    if (next.length === rest.length) break;
    rest = next;
  }
  const claimants = new Set(rest.flatMap(({ calls }) => calls));
  return claimants.size < rest.length ? new Map() : pairs;
}

/** Pairs calls whose answer broke off after the request id had arrived. */
function pairsById(
  history: FunctionHistory,
  calls: readonly DriverInvocation[],
): [DriverInvocation, ObservedInvocation][] {
  const broken = calls.filter(({ requestId }) => requestId !== null);
  if (broken.length === 0) return [];
  const byRequest = new Map(history.invocations.map((one) => [one.requestId, one]));
  return broken.flatMap((call): [DriverInvocation, ObservedInvocation][] => {
    const own = byRequest.get(call.requestId ?? "");
    return own === undefined ? [] : [[call, own]];
  });
}

function hasEnded({ endedBy }: ObservedInvocation): boolean {
  return endedBy === "runtime-done" || endedBy === "report";
}

function metricsAgreeOver(history: FunctionHistory, call: DriverInvocation): boolean {
  const { from, to } = spanOf(history, call);
  return metricsAgree(history.metrics, from, to);
}
