/** Which lanes have a row: those that a finding names, those that a search finds, or all of them. */
import type { Finding, FunctionResult } from "../../domain/run-result.ts";
import type { InvokeMark, Lane, Picture } from "../picture/marks.ts";
import { countedIn } from "../view/notes.ts";
import { environmentsOf } from "../wording/finding-sentence.ts";

export interface LaneGroup {
  readonly label: string;
  readonly lanes: ReadonlySet<number>;
  /** The result lists only some of a check's findings where there are many: how many it lists, and of how many. Null: all are listed. */
  readonly part: { readonly told: number; readonly of: number } | null;
}

/** What happened to environments, worst first: harm, silence, then whatever else a check found. Groups of nobody are left out. */
export function laneGroups(picture: Picture, { findings }: FunctionResult): readonly LaneGroup[] {
  const laneById = new Map(picture.lanes.map(({ environment, index }) => [environment.id, index]));
  const involved = (finding: Finding): readonly number[] =>
    environmentsOf(finding).flatMap((id) => laneById.get(id) ?? []);
  const found = findings.filter(({ status, kind }) => status === "found" && kind !== "harm");
  const checks = [...new Set(found.map(({ check }) => check))].filter(
    (check) => check !== "init-without-invoke",
  );
  const partOf = (check: string): LaneGroup["part"] => {
    const counts = found.filter((each) => each.check === check).map(countedIn);
    const told = counts.filter((count) => count === null).length;
    const untold = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
    return untold === 0 ? null : { told, of: told + untold };
  };
  const groups: readonly LaneGroup[] = [
    {
      label: "in a harm window",
      lanes: new Set(
        picture.windows.flatMap(({ holder, victims }) => [...(holder === null ? [] : [holder]), ...victims]),
      ),
      part: null,
    },
    {
      label: "INIT WITHOUT INVOKE",
      lanes: new Set(picture.lanes.filter(({ silent }) => silent).map(({ index }) => index)),
      part: null,
    },
    {
      label: "with a failed invocation",
      lanes: new Set(picture.invokes.flatMap(({ failed, lane }) => (failed && lane !== null ? [lane] : []))),
      part: null,
    },
    ...checks.map((check) => ({
      label: check,
      lanes: new Set(found.filter((each) => each.check === check).flatMap(involved)),
      part: partOf(check),
    })),
  ];
  return groups.filter(({ lanes }) => lanes.size > 0);
}

/** As the choice offers it: a group that shows a part only says so. */
export function groupLabel({ label, lanes, part }: LaneGroup): string {
  const size = lanes.size.toLocaleString("en-US");
  if (part === null) return `${label} (${size})`;
  return `${label} (${size}, by ${part.told.toLocaleString("en-US")} of ${part.of.toLocaleString("en-US")} findings)`;
}

export interface SearchHit {
  readonly lanes: ReadonlySet<number>;
  /** The first invocation whose request id was meant, where one was. */
  readonly invoke: InvokeMark | null;
}

/** Environments whose name, log stream or request ids contain the words; null if the text is empty. */
export function searchLanes({ lanes, invokes }: Picture, text: string): SearchHit | null {
  const words = text.toLowerCase().trim();
  if (words === "") return null;
  const named = lanes.filter(({ name, environment }) => isNamed(words, { name, environment }));
  // A short text is part of many random ids: only environments are meant by it.
  const asked =
    words.length < REQUEST_ID_PART
      ? []
      : invokes.filter(({ invocation }) => invocation.requestId?.toLowerCase().includes(words) === true);
  return {
    lanes: new Set([
      ...named.map(({ index }) => index),
      ...asked.flatMap(({ lane }) => (lane === null ? [] : [lane])),
    ]),
    invoke: asked[0] ?? null,
  };
}

const REQUEST_ID_PART = 4;

/** `e12` is one environment, not the hundred whose random part contains it. */
function isNamed(words: string, { name, environment }: Pick<Lane, "name" | "environment">): boolean {
  if (/^e\d+$/u.test(words)) return name.short.toLowerCase() === words;
  return environment.id.toLowerCase().includes(words.replace(/^…/u, ""));
}
