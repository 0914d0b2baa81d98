/**
 * `explore --on-change`: searches again each time the code changes. A schedule that broke the earlier code is played first: its answer comes
 * in a second or two. Only if it does not break the changed code, the search begins again.
 */
import { playSchedule } from "../../explore/play-schedule.ts";
import { SCHEDULE_TIMES, type ScheduleStep } from "../../explore/schedule.ts";
import type { ExitCode } from "../../words/exit-codes.ts";
import type { Machine } from "../machine.ts";
import { wrap } from "../../report/text/wrap.ts";
import { playedText } from "./explore-text.ts";
import {
  functionUnderSearch,
  type FunctionUnderSearch,
  type GivenFunction,
} from "./function-under-search.ts";
import { keepPlayed } from "./keep-search.ts";
import { runOnChange, type OwnFunction } from "./run-on-change.ts";
import { playOptions, searchFunction, showSearch, type FunctionSearch } from "./search-function.ts";
import { searchProgress } from "./search-progress.ts";
import { withStage } from "./with-stage.ts";

interface SearchOnChange {
  readonly first: OwnFunction;
  readonly given: GivenFunction;
  readonly search: FunctionSearch;
  readonly folder: string;
}

export function searchOnChange(
  machine: Machine,
  { first, given, search, folder }: SearchOnChange,
): Promise<ExitCode> {
  let known: readonly ScheduleStep[] | null = null;
  return runOnChange(machine, {
    command: "explore",
    first,
    out: folder,
    hide: (text) => search.hidden.hide(text),
    readAgain: (shown) => functionUnderSearch(given, machine.workingFolder, shown),
    work: async (chosen, superseded) => {
      if (known !== null) {
        const breaks = await playKnown(machine, chosen, known, { search, folder, superseded });
        if (breaks || superseded.aborted) return;
        known = null;
      }
      const progress = searchProgress(machine);
      try {
        const result = await searchFunction(machine, chosen, search, {
          signal: superseded,
          onEvent: (event) => {
            if (!superseded.aborted) progress.report(event);
          },
        });
        progress.end();
        if (superseded.aborted) return;
        known = result.found?.confirmed === true ? result.found.steps : null;
        await showSearch(machine, chosen, search, { folder, result });
      } finally {
        progress.end();
      }
    },
  });
}

/** A schedule that does no harm is played once more, because one play is not certain to meet it. */
const TIMES = 2;

/** Whether the schedule breaks the function. */
async function playKnown(
  machine: Machine,
  chosen: FunctionUnderSearch,
  steps: readonly ScheduleStep[],
  {
    search,
    folder,
    superseded,
  }: Pick<SearchOnChange, "search" | "folder"> & { readonly superseded: AbortSignal },
): Promise<boolean> {
  const { stdout, stderr } = machine;
  return withStage(machine, chosen, SCHEDULE_TIMES, async (stage) => {
    for (let time = 1; time <= TIMES && !superseded.aborted; time += 1) {
      const played = await playSchedule(stage, steps, playOptions(chosen, search));
      if (superseded.aborted || !played.harmed) continue;
      await keepPlayed(machine, folder, played);
      const still = `${chosen.label}: the known schedule still breaks it.`;
      stdout.write(`${wrap(still, stdout).join("\n")}\n\n${playedText(played, stdout.columns)}\n`);
      return true;
    }
    if (!superseded.aborted)
      stderr.write(
        `${chosen.label}: the known schedule does not break it any more. Searching for another one.\n`,
      );
    return false;
  });
}
