import { randomInt } from "node:crypto";
import { resolve } from "node:path";
import { systemClock } from "../../adapters/node/system-clock.ts";
import { EXIT, type ExitCode } from "../../words/exit-codes.ts";
import {
  explore as search,
  showsNothing,
  type ExploreEvent,
  type ExploreResult,
} from "../../explore/explore.ts";
import { SCHEDULE_TIMES } from "../../explore/schedule.ts";
import { EXPLORE_SETTINGS } from "../../settings/explore-settings.ts";
import { SEED_MAX } from "../../settings/shared-settings.ts";
import { isoTime } from "../../base/time.ts";
import { makeFolderFor, newFolderProblems } from "../folder-problems.ts";
import { isRuntimeRefused } from "../code-flags.ts";
import { command, type Given } from "../command.ts";
import { confirmSearch } from "../explore/confirm-search.ts";
import { exploreText } from "../explore/explore-text.ts";
import { capacitiesOf, functionUnderSearch } from "../explore/function-under-search.ts";
import { keepSearch } from "../explore/keep-search.ts";
import { sayUnusedAddresses } from "../explore/own-peer-only.ts";
import { withStage } from "../explore/with-stage.ts";
import type { Machine } from "../machine.ts";
import { readEvent, shownEvent } from "../read-event.ts";
import { fromTo } from "../../report/text/from-to.ts";
import { wrap } from "../../report/text/wrap.ts";
import { toolVersion } from "../../adapters/node/tool-version.ts";
import { statusLine } from "../status-line.ts";
import { usageError } from "../usage-error.ts";

const SHOWN_EVERY_MS = 1_000;

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
  const others = [
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
  const { admission, depth, runs, strangers, provoke } = settings;
  const { capacity, capacities } = capacitiesOf(chosen.peers);
  sayUnusedAddresses(machine, chosen);
  await confirmSearch(machine, settings);
  const unmake = makeFolderFor("--out", folder);
  const seed = settings.seed ?? randomInt(0, SEED_MAX + 1);
  const stop = new AbortController();
  const progress = progressOn(machine);
  const release = machine.onSignal(() => {
    if (stop.signal.aborted) machine.exitNow(EXIT.interrupted);
    stop.abort();
    progress.say("ending the search; Ctrl-C again aborts");
  });
  try {
    const result = await withStage(machine, chosen, SCHEDULE_TIMES, (stage) =>
      search(stage, {
        label: chosen.label,
        admission,
        capacity,
        capacities,
        strangers,
        findHidden: given.hidden.find,
        times: SCHEDULE_TIMES,
        payload: Buffer.from(JSON.stringify(event.value)),
        clock: systemClock,
        toolVersion: toolVersion(),
        depth,
        runs,
        seed,
        levers: provoke,
        signal: stop.signal,
        onEvent: (event) => progress.report(event),
      }),
    );
    progress.end();
    const files = await keepSearch(machine, folder, {
      chosen,
      admission,
      capacity,
      strangers,
      event: event.value,
      seed,
      result,
      hidden: given.hidden,
    });
    machine.stdout.write(
      settings.json
        ? `${JSON.stringify(files.summary, null, 2)}\n`
        : `${exploreText(chosen.label, result, machine.stdout.columns)}\n${files.shown}\n`,
    );
    return exitCode(result);
  } finally {
    progress.end();
    release();
    unmake();
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

function progressOn(machine: Machine): {
  report(event: ExploreEvent): void;
  say(text: string): void;
  end(): void;
} {
  const { stderr } = machine;
  const line = statusLine(stderr, systemClock, { everyMs: () => SHOWN_EVERY_MS });
  return {
    say: (text) => line.say([text]),
    end: () => line.clear(),
    report: (event) => {
      switch (event.event) {
        case "estimate": {
          const { least, most } = event.estimate;
          const time = (count: number): string => lengthOf(count / event.schedulesPerSecond);
          line.say(
            wrap(
              `${fromTo(least.toLocaleString("en"), most.toLocaleString("en"))} schedules; at ${event.schedulesPerSecond.toFixed(0)} per second this takes ${fromTo(time(least), time(most))}, plus the time of time-outs. Fewer are played if many of them lead to the same state. Ctrl-C keeps what was found.`,
              { columns: stderr.columns },
            ),
          );
          return;
        }
        case "level":
          line.show(
            `${event.depth} ${event.depth === 1 ? "step" : "steps"}: ${event.played} of ${event.ofLevel} played, ${event.breaking} broke the function`,
            event.played === event.ofLevel,
          );
          return;
        case "random":
          line.show(`schedules drawn at random: ${event.runs} of ${event.of}`, event.runs === event.of);
      }
    },
  };
}

function lengthOf(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5_400) return `${Math.ceil(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.ceil(seconds / 3_600)} h`;
  const days = seconds / 86_400;
  return days < 730 ? `${Math.ceil(days)} days` : `${Math.ceil(days / 365).toLocaleString("en")} years`;
}
