import { groupBy } from "../../base/group-by.ts";
import type { EnvironmentResult, InvocationResult } from "../../result/environment-result.ts";
import type { FunctionResult } from "../../result/function-result.ts";
import type { RunResult } from "../../result/run-result.ts";
import { environmentsOf } from "../wording/finding-sentence.ts";
import { environmentName, environmentNames } from "../view/environment-names.ts";
import { instantOf } from "../view/format-time.ts";
import { inOrder } from "../view/in-order.ts";
import { holdRows } from "./hold-rows.ts";
import { ascending, laneOf, type OffsetOf } from "./lane.ts";
import type { ExposureMark, InvokeMark, Lane, Picture, SuspectMark, WindowMark } from "./marks.ts";

export function pictureOf(result: FunctionResult, start: number): Picture {
  const offsetOf: OffsetOf = (text) => {
    const instant = instantOf(text);
    return instant === null ? null : instant - start;
  };
  const environments = inOrder(result.environments);
  const laneByEnvironment = new Map(environments.map(({ id }, index) => [id, index]));
  const laneOfId = (id: string | null): number | null =>
    id === null ? null : (laneByEnvironment.get(id) ?? null);
  const invokes = ascending(
    result.invocationList
      .map((each) => invokeMark(each, laneOfId(each.environment), offsetOf))
      .filter((mark) => mark !== null),
  );
  const suspected = suspectMarks(result, laneOfId, offsetOf);
  const lanes = lanesOf(environments, { invokes, suspected }, offsetOf);
  const holds = ascending(lanes.flatMap((lane) => lane.holds));
  const { capacity = 1, peakPlaces = 1 } = result.places ?? {};
  return {
    lanes,
    holds,
    holdRows: holdRows(holds, capacity ?? peakPlaces ?? 1),
    invokes,
    windows: result.harm.windows.map((window, index): WindowMark => ({
      kind: "window",
      lane: null,
      index,
      ...span(offsetOf(window.from), offsetOf(window.to)),
      holder: laneOfId(window.holder),
      victims: window.environments.map(laneOfId).filter((lane) => lane !== null),
    })),
    exposures: exposureMarks(result, laneOfId, offsetOf),
  };
}

/** Includes the start and the end of the run. The range is never empty. */
export function timeRange(
  result: RunResult,
  pictures: readonly Picture[],
  start: number,
): readonly [number, number] {
  const end = instantOf(result.run.to);
  let [from, to] = [0, end === null ? (result.run.durationMs ?? 0) : end - start];
  const include = (mark: { readonly from: number; readonly to: number }): void => {
    from = Math.min(from, mark.from);
    to = Math.max(to, mark.to);
  };
  for (const picture of pictures) {
    for (const marks of [picture.lanes, picture.invokes, picture.windows]) marks.forEach(include);
  }
  return [from, Math.max(to, from + 1_000)];
}

function lanesOf(
  environments: readonly EnvironmentResult[],
  {
    invokes,
    suspected,
  }: { readonly invokes: readonly InvokeMark[]; readonly suspected: readonly SuspectMark[] },
  offsetOf: OffsetOf,
): readonly Lane[] {
  const names = environmentNames(environments);
  const byLane = groupBy(invokes, ({ lane }) => lane);
  return environments
    .map((environment, index) =>
      laneOf({
        index,
        name: environmentName(names, environment.id),
        environment,
        invokes: byLane.get(index) ?? [],
        suspected: suspected.filter(({ lane }) => lane === index),
        offsetOf,
      }),
    )
    .filter((lane) => lane !== null);
}

function invokeMark(
  invocation: InvocationResult,
  lane: number | null,
  offsetOf: OffsetOf,
): InvokeMark | null {
  const from = offsetOf(invocation.from) ?? offsetOf(invocation.dueAt);
  if (from === null) return null;
  const end =
    offsetOf(invocation.to) ?? (invocation.durationMs === null ? null : from + invocation.durationMs);
  return {
    kind: "invoke",
    lane,
    from,
    to: Math.max(from, end ?? from),
    endKnown: end !== null,
    tookMs: invocation.latencyMs ?? invocation.durationMs,
    shown: shownAs(invocation),
    invocation,
  };
}

function shownAs({ outcome, harmed }: InvocationResult): InvokeMark["shown"] {
  if (harmed) return "failed";
  return outcome === "succeeded" || outcome === "unknown" ? outcome : "failed";
}

/** Marks the exposures that the check environments-overlap found. Other findings of kind exposure have no request id, and get no mark. */
function exposureMarks(
  result: FunctionResult,
  laneOfId: (id: string | null) => number | null,
  offsetOf: OffsetOf,
): readonly ExposureMark[] {
  const found = result.findings.filter(
    ({ kind, status, from, requestIds }) =>
      kind === "exposure" && status === "found" && from !== null && requestIds.length > 0,
  );
  return ascending(
    found.map((finding) => ({
      kind: "exposure" as const,
      lane: null,
      ...span(offsetOf(finding.from), offsetOf(finding.to)),
      finding,
      lanes: environmentsOf(finding)
        .map(laneOfId)
        .filter((lane) => lane !== null),
    })),
  );
}

/** An environment that was never invoked may have held the peer since its Init; one that served, since another one failed. */
function suspectMarks(
  { findings }: FunctionResult,
  laneOfId: (id: string | null) => number | null,
  offsetOf: OffsetOf,
): readonly SuspectMark[] {
  return findings.flatMap((finding) => {
    if (finding.code !== "harm-suspected") return [];
    const { suspects } = finding.parameters;
    return suspects.flatMap(({ environment, since, invocations }, row): SuspectMark[] => {
      const lane = laneOfId(environment);
      if (lane === null) return [];
      const begin = offsetOf(invocations === 0 ? since : finding.from);
      return [
        { kind: "suspect", lane, ...span(begin, offsetOf(finding.to)), finding, row, rows: suspects.length },
      ];
    });
  });
}

function span(from: number | null, to: number | null): { readonly from: number; readonly to: number } {
  const start = from ?? to ?? 0;
  return { from: start, to: Math.max(start, to ?? start) };
}
