/** Keeps what a search found, in its folder. Hidden values of variables are not in the files. */
import { rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Admission } from "../../words/admission.ts";
import type { ExploreResult } from "../../explore/explore.ts";
import type { Played } from "../../explore/play-schedule.ts";
import { scheduleFileText, type ScheduleFile } from "../../explore/schedule-file.ts";
import { SCHEDULE_TIMES, type ScheduleStep } from "../../explore/schedule.ts";
import type { HiddenValues } from "../../settings/hidden-values.ts";
import type { Machine } from "../machine.ts";
import { render, resultJson } from "../render.ts";
import type { FunctionUnderSearch } from "./function-under-search.ts";
import { writtenFunction } from "./schedule-function.ts";

interface KeptSearch {
  readonly chosen: FunctionUnderSearch;
  readonly admission: Admission;
  readonly capacity: number;
  readonly strangers: readonly string[];
  readonly event: unknown;
  readonly seed: number;
  readonly result: ExploreResult;
  readonly hidden: HiddenValues;
}

/** Of an earlier search of the same command. */
const OF_FOUND = ["schedule.json", "result.json", "report.html"];

/** Writes explore.json and, if a schedule was found, schedule.json with its result and report page. */
export async function keepSearch(
  machine: Machine,
  folder: string,
  { chosen, admission, capacity, strangers, event, seed, result, hidden }: KeptSearch,
): Promise<{ readonly summary: object; readonly shown: string }> {
  const { search: searched, random, found, invocations } = result;
  const path = relative(machine.workingFolder, folder);
  const shownFolder = path.startsWith("..") ? folder : path;
  const schedule = (steps: readonly ScheduleStep[]): ScheduleFile => ({
    schemaVersion: 1,
    function: writtenFunction(chosen, folder, hidden),
    admission,
    capacity,
    ...(strangers.length === 0 ? {} : { strangers: [...strangers] }),
    event,
    times: SCHEDULE_TIMES,
    steps: [...steps],
  });
  const summary = {
    schemaVersion: 1,
    function: chosen.label,
    admission,
    ...(chosen.peers.some(({ name }) => name !== null)
      ? { peers: chosen.peers.map((peer) => ({ name: peer.name, capacity: peer.capacity })) }
      : { capacity }),
    depth: searched.completeDepth,
    levels: searched.levels,
    seed,
    random: random === null ? null : { runs: random.runs },
    invocations,
    interrupted: result.interrupted,
    seconds: Math.round(result.seconds * 10) / 10,
    found:
      found === null
        ? null
        : {
            shortest: found.shortest,
            confirmed: found.confirmed,
            file: join(shownFolder, "schedule.json"),
            schedule: schedule(found.steps),
          },
    breaking: searched.breaking,
  };
  writeFileSync(join(folder, "explore.json"), `${JSON.stringify(summary, null, 2)}\n`);
  if (found === null) for (const name of OF_FOUND) rmSync(join(folder, name), { force: true });
  else {
    writeFileSync(join(folder, "schedule.json"), scheduleFileText(schedule(found.steps)));
    await keepPlayed(machine, folder, found.played);
  }
  return {
    summary,
    shown: found === null ? join(shownFolder, "explore.json") : join(shownFolder, "schedule.json"),
  };
}

/** Writes the result and the report page of a schedule that was played. */
export async function keepPlayed(machine: Machine, folder: string, { result }: Played): Promise<void> {
  writeFileSync(join(folder, "result.json"), resultJson(result));
  writeFileSync(join(folder, "report.html"), await render(machine, result, "html"));
}
