/** Searches a function for a schedule that breaks it; keeps and shows what was found. */
import { systemClock } from "../../adapters/node/system-clock.ts";
import { toolVersion } from "../../adapters/node/tool-version.ts";
import { explore, type ExploreEvent, type ExploreResult } from "../../explore/explore.ts";
import type { PlayOptions } from "../../explore/play-schedule.ts";
import { SCHEDULE_TIMES } from "../../explore/schedule.ts";
import type { EXPLORE_SETTINGS } from "../../settings/explore-settings.ts";
import type { HiddenValues } from "../../settings/hidden-values.ts";
import type { OwnSettingValues } from "../../settings/setting-table.ts";
import type { Machine } from "../machine.ts";
import { exploreText } from "./explore-text.ts";
import { capacitiesOf, type FunctionUnderSearch } from "./function-under-search.ts";
import { keepSearch } from "./keep-search.ts";
import { withStage } from "./with-stage.ts";

export interface FunctionSearch {
  readonly settings: OwnSettingValues<typeof EXPLORE_SETTINGS>;
  readonly event: unknown;
  readonly seed: number;
  readonly hidden: HiddenValues;
}

export function searchFunction(
  machine: Machine,
  chosen: FunctionUnderSearch,
  search: FunctionSearch,
  { signal, onEvent }: { readonly signal: AbortSignal; readonly onEvent: (event: ExploreEvent) => void },
): Promise<ExploreResult> {
  const { seed, settings } = search;
  const { depth, runs, provoke } = settings;
  return withStage(machine, chosen, SCHEDULE_TIMES, (stage) =>
    explore(stage, { ...playOptions(chosen, search), depth, runs, seed, levers: provoke, signal, onEvent }),
  );
}

export function playOptions(
  chosen: FunctionUnderSearch,
  { settings: { admission, strangers }, event, hidden }: FunctionSearch,
): PlayOptions {
  return {
    label: chosen.label,
    admission,
    ...capacitiesOf(chosen.peers),
    strangers,
    findHidden: hidden.find,
    times: SCHEDULE_TIMES,
    payload: Buffer.from(JSON.stringify(event)),
    clock: systemClock,
    toolVersion: toolVersion(),
  };
}

/** Writes the files of the search to the folder, and the text or JSON to standard output. */
export async function showSearch(
  machine: Machine,
  chosen: FunctionUnderSearch,
  { settings, event, seed, hidden }: FunctionSearch,
  { folder, result }: { readonly folder: string; readonly result: ExploreResult },
): Promise<void> {
  const { admission, strangers, json } = settings;
  const { capacity } = capacitiesOf(chosen.peers);
  const kept = { chosen, admission, capacity, strangers, event, seed, result, hidden };
  const files = await keepSearch(machine, folder, kept);
  machine.stdout.write(
    json
      ? `${JSON.stringify(files.summary, null, 2)}\n`
      : `${exploreText(chosen.label, result, machine.stdout.columns)}\n${files.shown}\n`,
  );
}
