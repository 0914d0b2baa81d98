/** Turns one execution environment into a lane. All times are milliseconds since the start. */
import type { ConnectionResult, EnvironmentResult } from "../../result/environment-result.ts";
import { wasServed } from "../view/was-served.ts";
import type { EnvironmentName } from "../view/environment-names.ts";
import type { AttemptMark, HoldMark, InitMark, InvokeMark, Lane, ResetMark, SuspectMark } from "./marks.ts";

/** Converts an ISO time to milliseconds since the start of the run. */
export type OffsetOf = (text: string | null) => number | null;

export interface LaneInput {
  readonly index: number;
  readonly name: EnvironmentName;
  readonly environment: EnvironmentResult;
  readonly invokes: readonly InvokeMark[];
  readonly suspected: readonly SuspectMark[];
  readonly offsetOf: OffsetOf;
}

/** Returns null if the evidence shows no instant of the environment. */
export function laneOf({ index, name, environment, invokes, suspected, offsetOf }: LaneInput): Lane | null {
  const init = initMark(environment, index, offsetOf);
  const end = offsetOf(environment.end);
  const instants = [
    ...(init === null ? [] : [init.from, init.to]),
    ...invokes.flatMap(({ from, to }) => [from, to]),
    ...environment.connections.flatMap((each) => [offsetOf(each.from), offsetOf(each.to)]),
    ...environment.boots.flatMap((each) => [offsetOf(each.from), offsetOf(each.to)]),
    offsetOf(environment.firstInvoke),
    offsetOf(environment.lastInvoke),
    end,
  ].filter((instant) => instant !== null);
  if (instants.length === 0) return null;
  const from = instants.reduce((least, each) => Math.min(least, each));
  const to = end ?? instants.reduce((most, each) => Math.max(most, each));
  const connections = environment.connections.filter((each) => offsetOf(each.from) !== null);
  return {
    index,
    name,
    environment,
    from,
    to,
    endKnown: end !== null,
    silent: environment.initWithoutInvoke === true,
    init,
    invokes,
    suspected,
    holds: ascending(
      connections.filter(wasServed).map((each) => holdMark(each, { index, laneEnd: to, offsetOf })),
    ),
    attempts: ascending(
      connections.filter((each) => !wasServed(each)).map((each) => attemptMark(each, index, offsetOf)),
    ),
    resets: ascending(resetMarks(environment, index, offsetOf)),
    end: end === null ? null : { kind: "end", lane: index, from: end, to: end, ending: environment.ending },
  };
}

function initMark(environment: EnvironmentResult, lane: number, offsetOf: OffsetOf): InitMark | null {
  const from = offsetOf(environment.initStart);
  if (from === null) return null;
  const end =
    offsetOf(environment.initEnd) ??
    (environment.initDurationMs === null ? null : from + environment.initDurationMs);
  return { kind: "init", lane, from, to: Math.max(from, end ?? from), endKnown: end !== null, environment };
}

function holdMark(
  connection: ConnectionResult,
  {
    index,
    laneEnd,
    offsetOf,
  }: { readonly index: number; readonly laneEnd: number; readonly offsetOf: OffsetOf },
): HoldMark {
  const from = offsetOf(connection.from) ?? 0;
  const end = offsetOf(connection.to);
  return {
    kind: "hold",
    lane: index,
    from,
    to: Math.max(from, end ?? laneEnd),
    endKnown: end !== null,
    connection,
  };
}

function attemptMark(connection: ConnectionResult, lane: number, offsetOf: OffsetOf): AttemptMark {
  const from = offsetOf(connection.from) ?? 0;
  return { kind: "attempt", lane, from, to: Math.max(from, offsetOf(connection.to) ?? from), connection };
}

function resetMarks(environment: EnvironmentResult, lane: number, offsetOf: OffsetOf): readonly ResetMark[] {
  return environment.boots.flatMap((boot) => {
    const at = offsetOf(boot.to);
    return boot.reset === null || at === null
      ? []
      : [{ kind: "reset" as const, lane, from: at, to: at, reason: boot.reset }];
  });
}

export function ascending<M extends { readonly from: number }>(marks: readonly M[]): readonly M[] {
  return [...marks].sort((left, right) => left.from - right.from);
}
