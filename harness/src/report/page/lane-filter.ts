import type { Finding } from "../../result/finding-result.ts";
import type { FunctionResult } from "../../result/function-result.ts";
import type { InvokeMark, Lane, Picture } from "../picture/marks.ts";
import { countedIn } from "../view/notes.ts";
import { environmentsOf } from "../wording/finding-sentence.ts";

export interface LaneGroup {
  readonly label: string;
  readonly lanes: ReadonlySet<number>;
  /** The check found `of` findings, and the result lists only `listed` of them. Null if the result lists all. */
  readonly part: { readonly listed: number; readonly of: number } | null;
}

/**
 * Returns groups of environments by what happened to them, the worst first: harm, suspicion of harm, INIT WITHOUT INVOKE, a failed invocation, an unknown outcome,
 * then the other checks that found something. Empty groups are left out.
 */
export function laneGroups(picture: Picture, { findings }: FunctionResult): readonly LaneGroup[] {
  const laneById = new Map(picture.lanes.map(({ environment, index }) => [environment.id, index]));
  const involved = (finding: Finding): readonly number[] =>
    environmentsOf(finding).flatMap((id) => laneById.get(id) ?? []);
  const found = findings.filter(({ status, kind }) => status === "found" && kind !== "harm");
  // The group INIT WITHOUT INVOKE has all environments of this check already.
  const silent = new Set(found.filter(({ code }) => code === "never-invoked").map(({ check }) => check));
  const checks = [...new Set(found.map(({ check }) => check))].filter((check) => !silent.has(check));
  const partOf = (check: string): LaneGroup["part"] => {
    const counts = found.filter((each) => each.check === check).map(countedIn);
    const listed = counts.filter((count) => count === null).length;
    const counted = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
    return counted === 0 ? null : { listed, of: listed + counted };
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
      label: "suspect",
      lanes: new Set(picture.lanes.filter(({ suspected }) => suspected.length > 0).map(({ index }) => index)),
      part: null,
    },
    {
      label: "INIT WITHOUT INVOKE",
      lanes: new Set(picture.lanes.filter(({ silent }) => silent).map(({ index }) => index)),
      part: null,
    },
    {
      label: "with a failed invocation",
      lanes: lanesWith(picture, "failed"),
      part: null,
    },
    {
      label: "with an unknown outcome",
      lanes: lanesWith(picture, "unknown"),
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

function lanesWith({ invokes }: Picture, wanted: InvokeMark["shown"]): ReadonlySet<number> {
  return new Set(invokes.flatMap(({ shown, lane }) => (shown === wanted && lane !== null ? [lane] : [])));
}

export function groupLabel({ label, lanes, part }: LaneGroup): string {
  const size = lanes.size.toLocaleString("en-US");
  if (part === null) return `${label} (${size})`;
  return `${label} (${size}, from ${part.listed.toLocaleString("en-US")} of ${part.of.toLocaleString("en-US")} findings)`;
}

export interface SearchHit {
  readonly lanes: ReadonlySet<number>;
  readonly invoke: InvokeMark | null;
}

/** Returns the environments whose name, log stream or request ids contain the text. Null if the text is empty. */
export function searchLanes({ lanes, invokes }: Picture, text: string): SearchHit | null {
  const words = text.toLowerCase().trim();
  if (words === "") return null;
  const named = lanes.filter(({ name, environment }) => isNamed(words, { name, environment }));
  // A short text occurs in many request ids, so it is not compared with them.
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

/** `e12` means environment 12, and not the many environments whose random part contains these characters. */
function isNamed(words: string, { name, environment }: Pick<Lane, "name" | "environment">): boolean {
  if (/^e\d+$/u.test(words)) return name.short.toLowerCase() === words;
  if (environment.tenantId?.toLowerCase().includes(words) === true) return true;
  return environment.id.toLowerCase().includes(words.replace(/^…/u, ""));
}
