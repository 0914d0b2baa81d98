/**
 * Measures the platform from soaks of the same kind, each figure with its confidence interval. All functions of a local run follow one
 * plan, so only the first function counts.
 */
import { ALWAYS, later } from "../../base/clocks.ts";
import {
  CALIBRATED_ROWS,
  OBSERVATIONS_LEAST,
  type CalibratedRow,
  type CalibratedRun,
  type Calibration,
  type Figure,
  type GapRow,
  type InitShare,
} from "../../result/calibration.ts";
import { JUDGED_DEFAULTS } from "../../record/judged-profile.ts";
import { wrongInput } from "../../base/errors.ts";
import type { FunctionResult } from "../../result/function-result.ts";
import type { RunResult } from "../../result/run-result.ts";
import {
  durationMs,
  epochMs,
  isoTime,
  parseIsoTime,
  type DurationMs,
  type EpochMs,
} from "../../base/time.ts";
import { CONFIDENCE, shareInterval } from "../verdict/intervals.ts";
import { lengthRow } from "./length-row.ts";
import type { Length } from "./length.ts";
import { observeFunction, type ObservedFunction, type Window } from "./observe-function.ts";

/** One run to calibrate from. `name` is what the user gave. */
export interface RunToCalibrate {
  readonly name: string;
  readonly result: RunResult;
  /** How long an environment without invocation counts as alive (`--idle-life` of the run). */
  readonly idleLifeMs?: DurationMs;
}

/** Throws a usage error if the runs cannot be combined, or if a run has no invocation or a reserved concurrency above 1. */
export function calibrate(runs: readonly RunToCalibrate[]): Calibration {
  const read = runs.map(readRun);
  refuseMixed(read);
  const observed = read.flatMap(({ functions, window, idleLifeMs }) =>
    functions.map((one) => observeFunction(one, window, idleLifeMs)),
  );
  const all = (of: (one: ObservedFunction) => readonly Length[]): readonly Length[] => observed.flatMap(of);
  return {
    schemaVersion: 1,
    confidence: CONFIDENCE,
    target: read[0]?.target ?? "logs",
    runs: read.map(({ shown }) => shown),
    inits: initShares(observed),
    aheadMs: lengthRow(all(({ ahead }) => ahead)),
    lifeMs: lengthRow(all(({ lives }) => lives)),
    idleMs: lengthRow(all(({ idle }) => idle)),
    gaps: CALIBRATED_ROWS.map((name) =>
      gapRow(
        name,
        all(({ gaps }) => gaps[name]),
      ),
    ),
  };
}

interface ReadRun {
  readonly name: string;
  readonly target: RunResult["run"]["target"];
  readonly functions: readonly FunctionResult[];
  readonly window: Window;
  readonly idleLifeMs: DurationMs;
  readonly shown: CalibratedRun;
}

function readRun({
  name,
  result,
  idleLifeMs = durationMs(JUDGED_DEFAULTS.idleLifeMs),
}: RunToCalibrate): ReadRun {
  const { run } = result;
  const functions = run.target === "local" ? result.functions.slice(0, 1) : result.functions;
  const several = functions.find(({ reservedConcurrency }) => (reservedConcurrency ?? 1) > 1);
  if (several !== undefined)
    throw wrongInput(
      `${name}: the function ${several.name} has reserved concurrency ${several.reservedConcurrency}. Expected 1: with more, an invocation in another environment does not show that an environment was replaced.`,
    );
  const from = run.from === null ? null : parseIsoTime(run.from);
  const last = functions
    .flatMap(({ environments }) => environments.map(({ lastInvoke }) => lastInvoke))
    .flatMap((time) => (time === null ? [] : [parseIsoTime(time) ?? ALWAYS]))
    .reduce<EpochMs>(later, ALWAYS);
  if (from === null || last <= from)
    throw wrongInput(`${name}: the run shows no invocation in an execution environment.`, {
      hint: "calibrate needs the run directory of a soak whose logs were read.",
    });
  const window = { from, to: last };
  return {
    name,
    target: run.target,
    functions,
    window,
    idleLifeMs,
    shown: {
      id: run.id,
      from: isoTime(epochMs(from)),
      to: isoTime(epochMs(last)),
      durationMs: last - from,
      functions: functions.map((one) => one.name),
    },
  };
}

function refuseMixed(runs: readonly ReadRun[]): void {
  for (const [index, one] of runs.entries())
    for (const other of runs.slice(index + 1)) {
      if (one.target !== other.target)
        throw wrongInput(
          `${one.name} and ${other.name}: one run is ${one.target} and one is ${other.target}. Expected runs of one platform.`,
        );
      const atOnce = one.window.from <= other.window.to && other.window.from <= one.window.to;
      const arns = new Set(one.functions.map(({ functionArn }) => functionArn));
      const both = other.functions.find(({ functionArn }) => functionArn !== null && arns.has(functionArn));
      const sameRun = one.shown.id === other.shown.id && one.shown.to === other.shown.to;
      if (sameRun || (atOnce && both !== undefined && one.target === "aws"))
        throw wrongInput(
          `${one.name} and ${other.name}: both observed ${sameRun ? "the same run" : `${both?.name ?? ""} at the same time`}, so its environments would count twice.`,
        );
    }
}

function initShares(observed: readonly ObservedFunction[]): Calibration["inits"] {
  const sum = (kind: keyof ObservedFunction["inits"]): number =>
    observed.reduce((total, { inits }) => total + inits[kind], 0);
  const known = sum("waited-for") + sum("ahead") + sum("without-invoke");
  const share = (count: number): InitShare => {
    const share = { events: count, trials: known, share: known === 0 ? null : count / known };
    return { count, share: { value: share.share, ...shareInterval(share) } };
  };
  return {
    total: known + sum("other"),
    waitedFor: share(sum("waited-for")),
    ahead: share(sum("ahead")),
    withoutInvoke: share(sum("without-invoke")),
    other: sum("other"),
  };
}

/** Returns the range of the uniform distribution that has the same first and third quartile as the observations. */
function gapRow(name: CalibratedRow, lengths: readonly Length[]): GapRow {
  const row = lengthRow(lengths);
  const [first, , third] = row.quartilesMs;
  const leastMs: Figure = {
    value: beyond(first.value, third.value),
    low: beyond(first.low, third.high) ?? 0,
    high: beyond(first.high, third.low),
  };
  const mostMs: Figure = {
    value: beyond(third.value, first.value),
    low: beyond(third.low, first.high),
    high: beyond(third.high, first.low),
  };
  const measured = row.observed >= OBSERVATIONS_LEAST && leastMs.value !== null && mostMs.value !== null;
  return { name, ...row, leastMs, mostMs, measured };
}

/** Returns one end of the range. `near` is the quartile on the side of this end, `far` is the other quartile. */
function beyond(near: number | null, far: number | null): number | null {
  return near === null || far === null ? null : Math.max(0, near + (near - far) / 2);
}
