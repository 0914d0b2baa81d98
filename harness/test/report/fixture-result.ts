/**
 * The result of a run as the judgement writes it: `init-connect` fails with two harm windows, and `handler-connect`, under the same plan,
 * passes. A small deterministic model of the platform computes the result second by second, so that times, counts and connections are
 * consistent, as in a real result.
 */
import { countInits, countResets } from "../../src/analysis/verdict/count-inits.ts";
import type { CodedFinding } from "../../src/result/findings/finding-parameters.ts";
import type { EnvironmentResult, InvocationResult } from "../../src/result/environment-result.ts";
import type { Finding, FindingFacts, HarmWindow } from "../../src/result/finding-result.ts";
import type { FunctionResult, Quantiles } from "../../src/result/function-result.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { findingSentence } from "../../src/report/wording/finding-sentence.ts";
import { plainNaming } from "../../src/report/wording/naming.ts";
import { LaneBuilder, logStreamOf, numbers, type Numbers } from "./fixture-lane.ts";

export const RUN_START = Date.parse("2026-11-25T01:02:03.000Z");
const iso = (offsetMs: number): string => new Date(RUN_START + offsetMs).toISOString();

/** The seconds of the run in which the plan initialises an environment ahead and places the next invocation in another environment. */
const AHEAD_ELSEWHERE = [14, 38];
const INITIALISE_AHEAD = 51;
const SECONDS = 60;

interface Played {
  readonly lanes: LaneBuilder[];
  readonly invocations: InvocationResult[];
  readonly windows: HarmWindow[];
  readonly findings: Finding[];
}

/** Returns the result of the run. The members in `changes` replace its own. */
export function fixtureResult(changes: Partial<RunResult> = {}): RunResult {
  return {
    schemaVersion: 3,
    verdict: "fail",
    expectationsMet: true,
    exitCode: 0,
    run: {
      id: "20261125T010203Z-1",
      target: "local",
      from: iso(0),
      to: iso(61_200),
      status: "ended",
      platform: "typical",
      seed: 1,
      isolation: "namespaces",
      toolVersion: "0.1.0",
      durationMs: 60_000,
      intervalMs: 1_000,
    },
    functions: [failingFunction(), passingFunction()],
    unreadable: [],
    ...changes,
  };
}

/** `init-connect`: expected to fail, and fails. */
export function failingFunction(changes: Partial<FunctionResult> = {}): FunctionResult {
  return {
    ...functionResult("init-connect", playKeeping(numbers(7))),
    verdict: "fail",
    expected: "fail",
    expectationMet: true,
    reasons: ["harm"],
    ...changes,
  };
}

/** `init-connect` where nothing decides who held the peer: E2 and, in another time, E3 are suspected. */
export function suspectedFunction(): FunctionResult {
  const failing = failingFunction({ expected: null, expectationMet: null });
  const { environments, harm } = failing;
  const [, silent, served] = [...environments].map(({ id }) => id);
  const suspectedAt = (
    environment = "",
    invocations: number,
    [from, to]: readonly [number, number],
  ): Finding =>
    finding({
      ...{
        check: "peer-reachable",
        kind: "harm",
        status: "unknown",
        environment,
        from: iso(from),
        to: iso(to),
      },
      code: "harm-suspected",
      parameters: {
        suspects: [{ environment, since: iso(13_600), invocations }],
        ...{ moreSuspects: 0, grade: "possible", failures: 6, ofFailures: 12, error: "nothing-listened" },
        ...{ otherwise: "machine-down", decidedBy: "peer-log" },
      },
    });
  return {
    ...failing,
    ...{ verdict: "inconclusive", reasons: ["evidence-missing"], harm: { ...harm, total: 0, windows: [] } },
    environments: [...environments].map((one) => ({ ...one, connections: [] })),
    findings: [suspectedAt(silent, 0, [14_003, 19_030]), suspectedAt(served, 24, [38_003, 43_030])],
  };
}

/** `handler-connect`: expected to pass, and passes. */
export function passingFunction(changes: Partial<FunctionResult> = {}): FunctionResult {
  return {
    ...functionResult("handler-connect", playHandler(numbers(11))),
    verdict: "pass",
    expected: "pass",
    expectationMet: true,
    reasons: [],
    ...changes,
  };
}

function newLane(random: Numbers, at: number, initLength: number): LaneBuilder {
  return new LaneBuilder({ logStream: logStreamOf(random), start: at, initLength, iso });
}

/** Connects in the Init phase and keeps the connection. */
function playKeeping(random: Numbers): Played {
  const played: Played = { lanes: [], invocations: [], windows: [], findings: [] };
  let current = newLane(random, 640, 41 + random(9));
  current.connect(670, "init");
  played.lanes.push(current);
  let silent: LaneBuilder | null = null;
  let harmed: InvocationResult[] = [];
  for (let second = 1; second <= SECONDS; second += 1) {
    const due = second * 1_000;
    if (silent !== null && harmed.length >= 6) {
      silent.end(due - 310, "shutdown");
      closeWindow(played, { harmed, victim: current, holder: silent, servedAt: due + 4 });
      [silent, harmed] = [null, []];
    }
    if (AHEAD_ELSEWHERE.includes(second)) {
      current.end(due - 420, "shutdown");
      silent = newLane(random, due - 405, 43 + random(8));
      silent.connect(due - 378, "init");
      current = newLane(random, due - 330, 47 + random(8));
      current.refuse(due - 291, "init");
      played.lanes.push(silent, current);
    }
    if (second === INITIALISE_AHEAD) {
      const ahead = newLane(random, due + 300, 45);
      ahead.refuse(due + 331, "init");
      played.lanes.push(ahead);
      ahead.end(SECONDS * 1_000 + 700, "shutdown");
    }
    const lost = silent !== null;
    if (lost) current.refuse(due + 6, "invoke");
    else if (!current.connected()) current.connect(due + 6, "invoke");
    const invocation = invoke(played, current, {
      second,
      length: lost ? 9 + random(6) : 12 + random(14),
      harmed: lost,
    });
    if (lost) harmed.push(invocation);
  }
  current.end(SECONDS * 1_000 + 640, "shutdown");
  exposures(played);
  keepingFlaws(played);
  return played;
}

/** Connects inside the handler and closes before it returns. */
function playHandler(random: Numbers): Played {
  const played: Played = { lanes: [], invocations: [], windows: [], findings: [] };
  let current = newLane(random, 655, 29 + random(6));
  played.lanes.push(current);
  let silent: LaneBuilder | null = null;
  for (let second = 1; second <= SECONDS; second += 1) {
    const due = second * 1_000;
    if (silent !== null && (second === 20 || second === 44)) {
      silent.end(due - 295, "shutdown");
      silent = null;
    }
    if (AHEAD_ELSEWHERE.includes(second)) {
      current.end(due - 430, "shutdown");
      silent = newLane(random, due - 410, 31);
      current = newLane(random, due - 350, 30 + random(5));
      played.lanes.push(silent, current);
    }
    if (second === INITIALISE_AHEAD) {
      const ahead = newLane(random, due + 300, 30);
      played.lanes.push(ahead);
      ahead.end(SECONDS * 1_000 + 690, "shutdown");
    }
    const length = 16 + random(15);
    current.connect(due + 5, "invoke");
    current.disconnect(due + length - 1);
    invoke(played, current, { second, length, harmed: false });
  }
  current.end(SECONDS * 1_000 + 630, "shutdown");
  exposures(played);
  for (const [check, code] of Object.entries(CLEAR)) {
    const kind = check === "peer-reachable" ? "harm" : "discipline";
    played.findings.push(finding({ check, kind, status: "clear", code, parameters: {} }));
  }
  return played;
}

const CLEAR = {
  "peer-reachable": "peer-reached",
  "connection-opened-in-init": "none-opened-in-init",
  "connection-held-across-freeze": "none-held-across-freeze",
  "connection-open-at-shutdown": "none-open-at-shutdown",
} as const;

interface Call {
  readonly second: number;
  readonly length: number;
  readonly harmed: boolean;
}

function invoke(played: Played, lane: LaneBuilder, { second, length, harmed }: Call): InvocationResult {
  const from = second * 1_000 + 3;
  lane.invoke(from, from + length);
  const invocation: InvocationResult = {
    requestId: `${String(second).padStart(8, "0")}-6d1f-4c2a-9b7e-${lane.logStream.slice(-12)}`,
    n: second,
    environment: lane.logStream,
    dueAt: iso(second * 1_000),
    from: iso(from),
    to: iso(from + length),
    latencyMs: length + 5.4,
    durationMs: length,
    outcome: harmed ? "function-error" : "succeeded",
    cause: harmed ? "harm" : null,
    harmed,
    delayed: false,
  };
  played.invocations.push(invocation);
  return invocation;
}

interface ClosedWindow {
  readonly harmed: readonly InvocationResult[];
  readonly victim: LaneBuilder;
  readonly holder: LaneBuilder;
  readonly servedAt: number;
}

function closeWindow(played: Played, { harmed, victim, holder, servedAt }: ClosedWindow): void {
  const from = harmed[0]?.from ?? iso(0);
  const length = servedAt - (Date.parse(from) - RUN_START);
  const said = {
    code: "peer-held",
    parameters: {
      holder: holder.logStream,
      earlierProcess: false,
      since: holder.heldSince(),
      openedIn: "init",
      holderInvocations: 0,
      failed: [victim.logStream],
      moreFailed: 0,
      invocations: harmed.length,
      durationMs: length,
      untilRunEnd: false,
      ownLinesOnly: false,
    },
  } as const;
  const window: HarmWindow = {
    from,
    to: iso(servedAt),
    durationMs: length,
    invocations: harmed.length,
    environments: [victim.logStream],
    holder: holder.logStream,
    text: findingSentence(said, plainNaming("local")),
    ...said,
  };
  played.windows.push(window);
  played.findings.push(
    finding({
      check: "peer-reachable",
      kind: "harm",
      ...said,
      environment: victim.logStream,
      holder: holder.logStream,
      from,
      to: window.to,
      requestIds: harmed.map(({ requestId }) => requestId ?? ""),
    }),
  );
}

/**
 * Makes one exposure, with the judgement's wording, for each pair of environments that lived at the same time while one of them was
 * invoked. Also makes a finding for each environment that was never invoked.
 */
function exposures(played: Played): void {
  for (const [earlier, later, invoked] of [
    [1, 2, 2],
    [3, 4, 4],
    [4, 5, 4],
  ] as const) {
    const [first, second] = [played.lanes[earlier], played.lanes[later]];
    if (first === undefined || second === undefined) continue;
    const born = RUN_START + Math.max(first.initEnd, second.initEnd);
    const here = invoked === earlier ? first : second;
    const invocation = played.invocations.find(
      ({ environment, from }) => environment === here.logStream && Date.parse(from ?? "") >= born,
    );
    played.findings.push(
      finding({
        check: "environments-overlap",
        kind: "exposure",
        code: "environments-overlapped",
        parameters: {
          invoked: here.logStream,
          alive: (here === first ? second : first).logStream,
          assumedLifeMs: null,
          initEndInferred: false,
        },
        environment: here.logStream,
        from: invocation?.from ?? null,
        to: invocation?.to ?? null,
        requestIds: [invocation?.requestId ?? ""],
      }),
    );
  }
  for (const lane of played.lanes.filter((each) => each.result().initWithoutInvoke === true)) {
    played.findings.push(
      finding({
        check: "init-without-invoke",
        kind: "exposure",
        code: "never-invoked",
        parameters: { environment: lane.logStream, initEndInferred: false },
        environment: lane.logStream,
        from: iso(lane.initEnd),
      }),
    );
  }
}

function keepingFlaws(played: Played): void {
  for (const lane of played.lanes.filter((each) => each.everConnected())) {
    const flaw = {
      kind: "discipline",
      environment: lane.logStream,
      from: iso(lane.initEnd),
      to: iso(lane.lastInstant()),
    } as const;
    played.findings.push(
      finding({
        ...flaw,
        check: "connection-opened-in-init",
        code: "opened-in-init",
        parameters: { environment: lane.logStream, accepted: true },
      }),
      finding({
        ...flaw,
        check: "connection-held-across-freeze",
        code: "held-across-freeze",
        parameters: { environment: lane.logStream, openedIn: "init" },
      }),
    );
  }
  played.findings.push(
    finding({
      check: "streams-complete",
      kind: "accounting",
      status: "unknown",
      code: "logs-not-settled",
      parameters: {},
    }),
  );
}

/** A finding with a code and its sentence, or only with a sentence, as in results of older versions. */
export function finding(
  members: Partial<FindingFacts> &
    Pick<FindingFacts, "check" | "kind"> &
    (CodedFinding | { readonly code?: undefined; readonly text: string }),
): Finding {
  const facts = {
    status: "found",
    environment: null,
    holder: null,
    from: null,
    to: null,
    requestIds: [],
  } as const;
  return members.code === undefined
    ? { ...facts, ...members }
    : { ...facts, ...members, text: findingSentence(members, plainNaming("local")) };
}

function functionResult(name: string, played: Played): FunctionResult {
  const environments: EnvironmentResult[] = played.lanes.map((lane) => lane.result());
  const failed = played.invocations.filter(({ outcome }) => outcome !== "succeeded").length;
  const harmed = played.invocations.filter((each) => each.harmed).length;
  const exposed = played.findings.filter(
    ({ kind, status, requestIds }) => kind === "exposure" && status === "found" && requestIds.length > 0,
  ).length;
  return {
    name,
    functionArn: `arn:aws:lambda:eu-central-1:123456789012:function:${name}`,
    verdict: "inconclusive",
    expected: null,
    expectationMet: null,
    reasons: [],
    reservedConcurrency: 1,
    invocations: {
      planned: SECONDS,
      succeeded: SECONDS - failed,
      functionErrors: failed,
      throttled: 0,
      invocationErrors: 0,
      unknown: 0,
      unknownReasons: {},
      skipped: 0,
    },
    exposure: {
      total: exposed,
      initWithoutInvoke: environments.filter((each) => each.initWithoutInvoke === true).length,
      replaced: 0,
      reset: 0,
      reinitialised: 0,
    },
    harm: {
      total: harmed,
      delayed: 0,
      windowsMs: played.windows.map((window) => window.durationMs),
      windows: played.windows,
    },
    latencyMs: quantiles(played.invocations.map((each) => each.latencyMs ?? 0)),
    initDurationMs: quantiles(environments.map((each) => each.initDurationMs ?? 0)),
    inits: countInits(environments),
    resets: countResets(environments),
    statistics: {
      failureRatePerExposureUpper95: harmed > 0 ? 0.9831 : 0.6316,
      exposuresFailed: played.windows.length,
      runLengthFor95PercentMs: 60_000,
      text:
        `At the rate of this run (${exposed} in 60s) a run must last 60s to see an exposure with 95 % probability. ` +
        `${played.windows.length} of ${exposed} exposures did harm: at most ${harmed > 0 ? "98" : "63"} % of exposures do, with 95 % confidence.`,
    },
    thresholds: [],
    environments,
    invocationList: played.invocations,
    findings: played.findings,
  };
}

function quantiles(values: readonly number[]): Quantiles {
  const sorted = [...values].sort((left, right) => left - right);
  const at = (share: number): number | null =>
    sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
  return { count: sorted.length, min: at(0), p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}
