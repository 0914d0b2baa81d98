/**
 * Accounting: every log stream is complete. It begins with its Init, every START has its end or the driver knows that the invocation
 * ended with its environment, nothing was dropped, every request id the driver knows is in exactly one stream, and logs had
 * the time to arrive. No end of the environment is needed.
 */
import type { Environment } from "../../timeline/environment.ts";
import { shortName } from "../../timeline/short-name.ts";
import type { FunctionHistory } from "../../correlate/function-history.ts";
import { identifyClient } from "../../attribution/identify-client.ts";
import { peerLogProblems } from "./peer-log-belongs.ts";
import { count, type Check, type CheckInput, type PartialFinding } from "./check.ts";

export const streamsComplete: Check = {
  name: "streams-complete",
  kind: "accounting",
  run: ({ history }: CheckInput): PartialFinding[] => {
    const findings: PartialFinding[] = [];
    for (const environment of history.environments) {
      for (const problem of streamProblems(environment)) {
        findings.push({
          status: "unknown",
          text: `The log stream of environment ${shortName(environment)} is incomplete: ${problem}.`,
          environment,
        });
      }
    }
    findings.push(
      ...requestProblems(history),
      ...settleProblems(history),
      ...missingStreams(history),
      ...peerLogProblems(history),
    );
    if (findings.length === 0 && history.environments.length === 0)
      return [{ status: "unknown", text: "There is no log stream in the evidence." }];
    return findings.length === 0 ? [{ status: "clear", text: "Every log stream is complete." }] : findings;
  },
};

function streamProblems(environment: Environment): string[] {
  const problems: string[] = [];
  if (environment.init === null)
    problems.push(`it does not begin with an Init (widen --since${dayOf(environment.id)})`);
  else if (environment.init.start > environment.firstLine + 1_000)
    problems.push("lines stand before its Init");
  if (environment.logsDropped) problems.push("the platform reported dropped log records");
  const noStart = environment.invocations.filter((invocation) => invocation.start === null).length;
  if (noStart > 0) problems.push(`${count(noStart, "START")} missing`);
  const noEnd = environment.invocations.filter(
    (invocation) => invocation.end === null || invocation.endedBy === "next-start",
  ).length;
  if (noEnd > 0) problems.push(`${count(noEnd, "START")} without an end`);
  if (environment.boots.some((boot) => boot.missingLines))
    problems.push("lifecycle lines are missing by their own count");
  return problems;
}

/** A stream is named by the day on which its environment was made: that far back its beginning may lie. */
function dayOf(logStream: string): string {
  const match = /^(\d{4})\/(\d{2})\/(\d{2})\//.exec(logStream);
  return match === null ? "" : ` to ${match[1]}-${match[2]}-${match[3]}`;
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
  if (missing.length > 0)
    findings.push({
      status: "unknown",
      text: `${count(missing.length, "invocation")} that the driver knows ${missing.length === 1 ? "is" : "are"} in no log stream.`,
      requestIds: missing,
    });
  if (doubled.length > 0)
    findings.push({
      status: "found",
      text: `${count(doubled.length, "invocation")} ${doubled.length === 1 ? "is" : "are"} in more than one log stream.`,
      requestIds: doubled,
    });
  return findings;
}

/** Throttled and refused calls leave no line (docs/aws/concurrency.md#throttle). */
function ranSomewhere(outcome: string): boolean {
  return outcome === "succeeded" || outcome === "function-error";
}

function settleProblems(history: FunctionHistory): PartialFinding[] {
  if (history.driver === null) return [];
  const { settled } = history.driver;
  if (settled === null)
    return [
      {
        status: "unknown",
        text: "Logs were not read until every known request was found or --settle had passed.",
      },
    ];
  if (settled.settled && settled.missingRequestIds.length === 0) return [];
  const number = settled.missingRequestIds.length;
  return [
    {
      status: "unknown",
      text: `When log reading ended, ${count(number, "invocation")} had not been found complete.`,
      requestIds: settled.missingRequestIds,
    },
  ];
}

/** A hello that names a log stream like the function's own, which is not in the evidence. */
function missingStreams(history: FunctionHistory): PartialFinding[] {
  const names = new Set<string>();
  for (const connection of history.peer?.connections ?? []) {
    if (connection.attempt !== null || connection.hello === null) continue;
    const who = identifyClient(history, connection);
    if (who.who === "missing-stream") names.add(who.logStream);
  }
  return [...names].sort().map((name) => ({
    status: "unknown" as const,
    text: `The peer's log names log stream ${name}, which is not in the evidence.`,
  }));
}
