import { randomInt } from "node:crypto";
import { resolve } from "node:path";
import { systemClock } from "../../adapters/node/system-clock.ts";
import { EXIT, type ExitCode } from "../../words/exit-codes.ts";
import { showsNothing, type ExploreResult } from "../../explore/explore.ts";
import { EXPLORE_SETTINGS } from "../../settings/explore-settings.ts";
import { SEED_MAX } from "../../settings/shared-settings.ts";
import { isoTime } from "../../base/time.ts";
import { makeFolderFor, newFolderProblems } from "../folder-problems.ts";
import { isRuntimeRefused } from "../code-flags.ts";
import { command, type Given } from "../command.ts";
import { confirmSearch } from "../explore/confirm-search.ts";
import { functionUnderSearch, type FunctionUnderSearch } from "../explore/function-under-search.ts";
import { sayUnusedAddresses } from "../explore/own-peer-only.ts";
import { isOwnFunction, onChangeProblems } from "../explore/run-on-change.ts";
import { searchFunction, showSearch, type FunctionSearch } from "../explore/search-function.ts";
import { searchOnChange } from "../explore/search-on-change.ts";
import { searchProgress } from "../explore/search-progress.ts";
import type { Machine } from "../machine.ts";
import { readEvent, shownEvent } from "../read-event.ts";
import { usageError } from "../usage-error.ts";

export const explore = command({
  name: "explore",
  description:
    "Plays schedules of platform events (initialise ahead, invoke in a chosen environment, retire, crash, time out, update, a peer that drops or is slow) on real processes: every schedule of up to --depth steps, then longer ones drawn at random. A schedule breaks a function when an invocation fails because another environment held the peer.\n\n" +
    "With --provoke it plays other steps: invocations of two versions, $LATEST, an update of the description, provisioned concurrency. These are what the Lambda API can make happen on AWS.\n\n" +
    "Exit code 1: such a schedule was found. 0: there is none up to the depth. 2: the search was cut short, the schedule does not break the function each time, or no invocation succeeded.",
  positional: null,
  settings: EXPLORE_SETTINGS,
  examples: [
    { command: "longrun explore --function init-connect", does: "the shortest schedule that breaks it" },
    {
      command: "longrun explore --provoke versions --code build/handler.mjs",
      does: "the shortest schedule that longrun replay --target aws can play too",
    },
    {
      command: "longrun explore --code build/handler.mjs --depth 2 --runs 0",
      does: "your own handler, in under a minute",
    },
    {
      command: "longrun explore --code src/handler.ts --on-change",
      does: "again each time the code changes, the schedule that broke it first",
    },
    {
      command: "longrun explore --code handler.mjs --link PLC --env PLC=10.0.9.9:7000",
      does: "your own handler, which finds its machine in one variable",
    },
    {
      command:
        "longrun explore --code handler.mjs --link plc=PLC --link gateway=GATEWAY \\\n    --env PLC=… --env GATEWAY=… --capacity gateway=5",
      does: "a function with two peers",
    },
  ],
  reportsProblems: true,
  run: runCommand,
});

async function runCommand(machine: Machine, given: Given<typeof EXPLORE_SETTINGS>): Promise<ExitCode> {
  const { values, settings } = given;
  const event = readEvent(settings.event, machine.workingFolder);
  const folder = resolve(
    machine.workingFolder,
    settings.out ??
      `runs/${isoTime(systemClock.now()).replace(/[-:]|\.\d+/g, "")}-explore-${settings.function ?? "code"}`,
  );
  const { onChange, json } = settings;
  const others = [
    ...(onChange ? onChangeProblems({ code: values.code !== undefined, json }) : []),
    ...(event.ok
      ? []
      : [{ where: shownEvent(settings.event, settings.showValues), text: `expected ${event.expected}` }]),
    ...newFolderProblems(folder, `--out ${settings.out ?? folder}`),
  ];
  const known = given.problems.length + others.length;
  const { chosen, problems } = isRuntimeRefused(given.problems)
    ? { chosen: null, problems: [] }
    : await functionUnderSearch(values, machine.workingFolder, machine, known);
  const all = [...given.problems, ...problems, ...others];
  if (all.length > 0 || chosen === null || !event.ok) throw usageError("explore", all);
  sayUnusedAddresses(machine, chosen);
  await confirmSearch(machine, settings);
  const unmake = makeFolderFor("--out", folder);
  const seed = settings.seed ?? randomInt(0, SEED_MAX + 1);
  const searched = { settings, event: event.value, seed, hidden: given.hidden };
  try {
    return settings.onChange && isOwnFunction(chosen)
      ? await searchOnChange(machine, { first: chosen, given: values, search: searched, folder })
      : await searchOnce(machine, chosen, searched, folder);
  } finally {
    unmake();
  }
}

async function searchOnce(
  machine: Machine,
  chosen: FunctionUnderSearch,
  search: FunctionSearch,
  folder: string,
): Promise<ExitCode> {
  const stop = new AbortController();
  const progress = searchProgress(machine);
  const release = machine.onSignal(() => {
    if (stop.signal.aborted) machine.exitNow(EXIT.interrupted);
    stop.abort();
    progress.say("ending the search; Ctrl-C again aborts");
  });
  try {
    const result = await searchFunction(machine, chosen, search, {
      signal: stop.signal,
      onEvent: (event) => progress.report(event),
    });
    progress.end();
    await showSearch(machine, chosen, search, { folder, result });
    return exitCode(result);
  } finally {
    progress.end();
    release();
  }
}

function exitCode(result: ExploreResult): ExitCode {
  const { found, interrupted } = result;
  const { completeDepth, levels } = result.search;
  if (interrupted) return EXIT.interrupted;
  if (found !== null) return found.confirmed ? EXIT.fail : EXIT.inconclusive;
  if (showsNothing(result)) return EXIT.inconclusive;
  return levels.some(({ played, planned }) => played < planned) || completeDepth === 0
    ? EXIT.inconclusive
    : EXIT.pass;
}
