import { showsNothing, type ExploreResult } from "../../explore/explore.ts";
import type { Played } from "../../explore/play-schedule.ts";
import { describePlayed } from "../../explore/describe-schedule.ts";
import { swimLane } from "../../report/text/swim-lane.ts";
import { wrap } from "../../report/text/wrap.ts";

export function exploreText(label: string, result: ExploreResult, columns: number): string {
  const lines = [...wrap(headline(label, result), { columns }), "", ...result.search.levels.map(levelLine)];
  if (result.random !== null)
    lines.push(
      `  drawn at random: ${result.random.runs} longer schedules${result.random.breaking === null ? ", none breaks it" : ""}`,
    );
  if (result.found !== null) lines.push("", playedText(result.found.played, columns).trimEnd());
  const others = result.search.breaking.length - 1;
  if (others > 0)
    lines.push(
      "",
      ...wrap(
        `${others} more ${others === 1 ? "schedule breaks" : "schedules break"} it, not counting those that begin with a breaking schedule.`,
        { columns },
      ),
    );
  return `${lines.join("\n")}\n`;
}

/** Returns the steps of a played schedule in sentences, the sentences about harm, and the picture of the environments (swim lanes). */
export function playedText(played: Played, columns: number): string {
  const story = describePlayed(played.steps).flatMap((sentence, index) =>
    wrap(sentence, { columns, first: `${String(index + 1).padStart(3)}. `, indent: "     " }),
  );
  const [result] = played.result.functions;
  const harm = result?.findings.filter(({ kind, status }) => kind === "harm" && status === "found") ?? [];
  const judged = harm.flatMap(({ text }) => wrap(text, { columns }));
  const lane = result === undefined ? "" : swimLane(result, columns);
  return [...story, "", ...judged, ...(judged.length > 0 ? [""] : []), lane, ""].join("\n");
}

function headline(label: string, result: ExploreResult): string {
  const { found, search, random, interrupted } = result;
  if (showsNothing(result))
    return `${nothingSucceeded(label, result.invocations)}${interrupted ? " (Interrupted.)" : ""}`;
  if (found !== null) {
    const steps = `${found.steps.length} ${found.steps.length === 1 ? "step" : "steps"}`;
    if (!found.confirmed)
      return `${label} broke once under a schedule of ${steps}, but not each time that it was played again.`;
    return found.shortest
      ? `${label} breaks. The shortest schedule has ${steps}; every shorter one was played.`
      : `${label} breaks under a schedule of ${steps}; there may be a shorter one.`;
  }
  const depth =
    search.completeDepth === 0
      ? "no depth was completed"
      : `no schedule of up to ${search.completeDepth} ${search.completeDepth === 1 ? "step" : "steps"} breaks it`;
  const beyond = random === null ? "" : `, nor one of ${random.runs} longer ones`;
  return `${label}: ${depth}${beyond}${interrupted ? " (interrupted)" : ""}.`;
}

function nothingSucceeded(label: string, { failed, error }: ExploreResult["invocations"]): string {
  const most =
    error === null ? "" : error.times === failed ? `: ${error.text}` : `, ${error.times} with ${error.text}`;
  return `${label}: the search shows nothing, because no invocation succeeded. ${failed} failed${most.replace(/\.$/, "")}. If the function needs a variable or another event, give it with --env or --event. If it cannot work with the answers of longrun's peer, soak it with its own server (--peer).`;
}

function levelLine({
  depth,
  played,
  planned,
  breaking,
  newStates,
}: ExploreResult["search"]["levels"][number]): string {
  const all = played === planned ? `${played}` : `${played} of ${planned}`;
  return `  ${depth} ${depth === 1 ? "step " : "steps"}  ${all.padStart(6)} played, ${breaking} ${breaking === 1 ? "breaks" : "break"} it, ${newStates} lead to a new state`;
}
