/**
 * Makes the result of a run of days with any number of execution environments. Each environment lives for a few minutes and overlaps the
 * next one.
 */
import type { EnvironmentResult, InvocationResult } from "../../src/result/environment-result.ts";
import type { FunctionResult } from "../../src/result/function-result.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { failingFunction, fixtureResult, RUN_START } from "./fixture-result.ts";
import { bareEnvironment, logStreamOf, numbers } from "./fixture-lane.ts";

const LIFE_MS = 300_000;
const iso = (offset: number): string => new Date(RUN_START + offset).toISOString();

export function largeResult(environments: number): RunResult {
  const result = fixtureResult();
  const durationMs = environments * LIFE_MS + 20_000;
  return {
    ...result,
    run: { ...result.run, durationMs, intervalMs: 60_000, to: iso(durationMs) },
    functions: [largeFunction(environments)],
  };
}

function largeFunction(amount: number): FunctionResult {
  const random = numbers(3);
  const lanes = Array.from({ length: amount }, (_, index) => environmentAt(index, logStreamOf(random)));
  const base = failingFunction();
  const [window] = base.harm.windows;
  const [silent, victim] = [lanes[Math.floor(amount / 2)], lanes[Math.floor(amount / 2) + 1]];
  const windows =
    window === undefined || silent === undefined || victim === undefined
      ? []
      : [
          {
            ...window,
            from: victim.initStart ?? window.from,
            to: silent.end ?? window.to,
            holder: silent.id,
            environments: [victim.id],
          },
        ];
  return {
    ...base,
    environments: lanes,
    invocationList: lanes.flatMap(listInvocations),
    findings: [],
    harm: { total: 1, delayed: 0, windowsMs: [10_000], windows },
  };
}

function environmentAt(index: number, logStream: string): EnvironmentResult {
  const start = index * LIFE_MS;
  const end = start + LIFE_MS + 10_000;
  return {
    ...bareEnvironment(logStream),
    version: "$LATEST",
    initializationType: "on-demand",
    initStart: iso(start),
    initEnd: iso(start + 40),
    initDurationMs: 40,
    initStatus: "success",
    initWithoutInvoke: index % 50 === 0,
    initGapMs: 19_960,
    initWaitedFor: false,
    invocations: 5,
    firstInvoke: iso(start + 20_000),
    lastInvoke: iso(start + 260_000),
    end: iso(end),
    ending: "shutdown",
    connections: [
      { from: iso(start + 12_000), to: iso(end - 5), openedIn: "init", outcome: "accepted", ending: "fin" },
    ],
  };
}

function listInvocations({ id, initStart }: EnvironmentResult, lane: number): readonly InvocationResult[] {
  const born = Date.parse(initStart ?? iso(0)) - RUN_START;
  return Array.from({ length: 5 }, (_, index) => {
    const from = born + 20_000 + index * 60_000;
    return {
      requestId: `${lane}-${index}`,
      n: lane * 5 + index,
      environment: id,
      dueAt: iso(from),
      from: iso(from),
      to: iso(from + 20),
      latencyMs: 20 + (lane % 37),
      durationMs: 20,
      outcome: "succeeded" as const,
      cause: null,
      harmed: false,
      delayed: false,
    };
  });
}
