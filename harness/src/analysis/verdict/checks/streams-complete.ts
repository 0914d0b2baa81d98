/**
 * Accounting: every log stream is complete. It begins with its Init, every START has an end, and nothing was dropped. Every request id of
 * the driver is in exactly one stream, and the logs had time to arrive.
 */
import { onAxis } from "../../../base/clocks.ts";
import { streamProblem, type StreamProblem } from "../../../result/findings/accounting-findings.ts";
import type { ObservedEnvironment } from "../../timeline/environment.ts";
import { identifyClient } from "../../attribution/identify-client.ts";
import { peerLogProblems } from "./peer-log-belongs.ts";
import { defineCheck, orClear, sayFound, sayUnknown, type PartialFinding } from "./check.ts";
import type { FunctionHistory } from "../../correlate/function-history.ts";

export const streamsComplete = defineCheck({
  name: "streams-complete",
  kind: "accounting",
  run: ({ history }) => {
    const showsInits = history.environments.some(
      ({ runtime }) => runtime !== null && runtime.version !== null,
    );
    const findings = [
      ...history.environments.flatMap((environment) =>
        streamProblems(environment, showsInits).map((problem) =>
          sayUnknown("stream-incomplete", { environment: environment.id, problem }, { environment }),
        ),
      ),
      ...requestProblems(history),
      ...settleProblems(history),
      ...missingStreams(history),
      ...peerLogProblems(history),
    ];
    if (findings.length === 0 && history.environments.length === 0) return [sayUnknown("no-stream")];
    return orClear(findings, "streams-complete");
  },
});

/** `showsInits`: whether the function's logs have INIT_START lines. Only these name the version of the runtime. */
function streamProblems(environment: ObservedEnvironment, showsInits: boolean): StreamProblem[] {
  const problems: StreamProblem[] = [];
  // Whether the stream shows its Init only by a report, without INIT_START.
  const noStart = environment.init?.endSource === "reported" && environment.runtime?.version == null;
  if (environment.init === null || (noStart && showsInits))
    problems.push(
      // If the function's logs have no INIT_START lines and this stream has no invocation, the stream may be complete. Earlier logs would
      // not show its Init either, so `init-not-shown` does not ask for them.
      showsInits || environment.invocations.length > 0
        ? streamProblem("init-missing", { since: dayOf(environment.id) })
        : streamProblem("init-not-shown"),
    );
  else if (environment.init.start > environment.firstLine + 1_000)
    problems.push(streamProblem("lines-before-init"));
  if (environment.logsDropped) problems.push(streamProblem("records-dropped"));
  const startless = environment.invocations.filter((invocation) => invocation.start === null).length;
  if (startless > 0) problems.push(streamProblem("starts-missing", { starts: startless }));
  const noEnd = environment.invocations.filter(
    (invocation) => invocation.end === null || invocation.endedBy === "next-start",
  ).length;
  if (noEnd > 0) problems.push(streamProblem("ends-missing", { starts: noEnd }));
  if (environment.boots.some((boot) => boot.missingLines))
    problems.push(streamProblem("lifecycle-lines-missing"));
  return problems;
}

/** The name of a stream has the day on which its environment was made. */
function dayOf(logStream: string): string | null {
  const match = /^(\d{4})\/(\d{2})\/(\d{2})\//.exec(logStream);
  return match === null ? null : `${match[1]}-${match[2]}-${match[3]}`;
}

function requestProblems(history: FunctionHistory): PartialFinding[] {
  if (history.driver === null) return [];
  const streams = new Map<string, Set<string>>();
  for (const invocation of history.invocations) {
    const set = streams.get(invocation.requestId) ?? new Set<string>();
    set.add(invocation.environment.id);
    streams.set(invocation.requestId, set);
  }
  const missing: string[] = [];
  const doubled: string[] = [];
  for (const driver of history.driver.invocations) {
    if (driver.requestId === null || driver.outcome === null || !ranSomewhere(driver.outcome.outcome))
      continue;
    const number = streams.get(driver.requestId)?.size ?? 0;
    if (number === 0) missing.push(driver.requestId);
    if (number > 1) doubled.push(driver.requestId);
  }
  const findings: PartialFinding[] = [];
  const count = (requestIds: readonly string[]) =>
    [{ invocations: requestIds.length }, { requestIds }] as const;
  if (missing.length > 0) findings.push(sayUnknown("invocations-in-no-stream", ...count(missing)));
  if (doubled.length > 0) findings.push(sayFound("invocations-in-many-streams", ...count(doubled)));
  return findings;
}

/** Throttled and refused invocations leave no line (docs/aws/concurrency.md#throttle). */
function ranSomewhere(outcome: string): boolean {
  return outcome === "succeeded" || outcome === "function-error";
}

function settleProblems(history: FunctionHistory): PartialFinding[] {
  if (history.driver === null) return [];
  const { settled } = history.driver;
  if (settled === null) return [sayUnknown("logs-not-settled")];
  const { missingRequestIds: requestIds } = settled;
  if (settled.settled && requestIds.length === 0) return [];
  return [sayUnknown("logs-settled-incomplete", { invocations: requestIds.length }, { requestIds })];
}

/**
 * Makes a finding for each log stream of the function that a hello names and the evidence lacks. The log of a peer that serves one run after
 * the other also has connections that ended before this run began. Their streams are not missing.
 */
function missingStreams(history: FunctionHistory): PartialFinding[] {
  const names = new Set<string>();
  const began = (onAxis(history.driver?.startedAt) ?? -Infinity) - history.settings.clockToleranceMs;
  for (const connection of history.peer?.connections ?? []) {
    if (connection.attempt !== null || connection.hello === null) continue;
    if ((onAxis(connection.endedAt ?? connection.refusedAt) ?? Infinity) < began) continue;
    const who = identifyClient(history, connection);
    if (who.who === "missing-stream") names.add(who.logStream);
  }
  return [...names].sort().map((name) => sayUnknown("stream-missing", { logStream: name }));
}
