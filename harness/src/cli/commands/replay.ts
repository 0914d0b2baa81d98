import { dirname, resolve } from "node:path";
import { readGivenText } from "../../adapters/node/read-given-file.ts";
import { systemClock } from "../../adapters/node/system-clock.ts";
import type { ExitCode } from "../../words/exit-codes.ts";
import { checkHandler } from "../../explore/check-handler.ts";
import { playSchedule } from "../../explore/play-schedule.ts";
import { withFirstAgain } from "../../explore/lever-steps.ts";
import { readScheduleFile, type ScheduleFile } from "../../explore/schedule-file.ts";
import { REPLAY_AWS, REPLAY_LOCAL, REPLAY_SETTINGS } from "../../settings/explore-settings.ts";
import { DESIGNS } from "../../settings/function-choice.ts";
import type { HiddenValues } from "../../settings/hidden-values.ts";
import type { Problem } from "../../settings/problem.ts";
import type { RunResult } from "../../result/run-result.ts";
import { oneOf } from "../../settings/value-parsers.ts";
import { settingsByFlag } from "../../settings/setting-table.ts";
import { command } from "../command.ts";
import { playedText } from "../explore/explore-text.ts";
import {
  capacitiesOf,
  functionUnderSearch,
  type ChosenFunction,
  type FunctionUnderSearch,
} from "../explore/function-under-search.ts";
import { replayOnAws, type ReplayFlags } from "../explore/replay-on-aws.ts";
import { sayUnusedAddresses } from "../explore/own-peer-only.ts";
import { isOwnFunction, onChangeProblems, runOnChange } from "../explore/run-on-change.ts";
import { missingVariables, otherFunction, readFunction } from "../explore/schedule-function.ts";
import { withStage } from "../explore/with-stage.ts";
import type { Machine } from "../machine.ts";
import { resultJson } from "../render.ts";
import { toolVersion } from "../../adapters/node/tool-version.ts";
import { usageError } from "../usage-error.ts";
import { verdictExitCode } from "../../analysis/verdict/exit-code.ts";
import { whyUnreadable } from "../why-unreadable.ts";

export const replay = command({
  name: "replay",
  description:
    "Plays a schedule.json on fresh execution environments and judges what the logs say. With --function or --code, another function runs under the same schedule, to see whether a fix holds where the old handler broke. If a schedule invokes versions and ends with another one than it began with, the first one is invoked once more: only this shows that its environment was alive meanwhile.\n\n" +
    "With --target aws it plays the schedule on a deployed function, by publishing versions of it and by the other levers of soak --provoke. It says what it changes and what that costs, asks, and undoes it afterwards. A schedule with a step that no lever makes happen is refused.",
  positional: {
    placeholder: "FILE",
    description: "a schedule.json, as explore writes it",
    required: true,
    repeatable: false,
  },
  settings: REPLAY_SETTINGS,
  examples: [
    { command: "longrun replay runs/…/schedule.json", does: "the same verdict each time" },
    {
      command: "longrun replay schedule.json --code build/fixed.mjs",
      does: "another handler under the same schedule",
    },
    {
      command: "longrun replay schedule.json --code src/handler.ts --on-change",
      does: "again each time the code changes, while you repair it",
    },
    {
      command: "longrun replay schedule.json --target aws --function my-function",
      does: "a schedule of levers, on AWS",
    },
  ],
  reportsProblems: true,
  run: async (machine, { values, positionals, problems, hidden }): Promise<ExitCode> => {
    const [given] = positionals;
    if (given === undefined) throw usageError("replay", problems);
    const path = resolve(machine.workingFolder, given);
    const read = readFile(path, given);
    const wrongFlags = [...problems, ...misplacedFlags(values), ...unknownDesign(values)];
    if ("problems" in read || wrongFlags.length > 0)
      throw usageError("replay", [...wrongFlags, ...("problems" in read ? read.problems : [])]);
    const file = { ...read.file, steps: [...withFirstAgain(read.file.steps)] };
    if (values.target === "aws") return replayOnAws(machine, { given, file, values, hidden });
    const missing = missingVariables(file.function, values);
    if (missing.length > 0)
      throw usageError(
        "replay",
        missing.map((name) => ({
          where: "--env",
          text: `expected ${name}=VALUE again: a schedule has no values of variables without --show-values`,
        })),
      );
    const readAgain = (shown: Pick<Machine, "environment" | "stderr">): Promise<ChosenFunction> =>
      values.function !== undefined || values.code !== undefined
        ? functionUnderSearch(otherFunction(file.function, values), machine.workingFolder, shown)
        : functionUnderSearch(readFunction(file.function, values), dirname(path), shown);
    const { chosen, problems: wrong } = await readAgain(machine);
    if (chosen === null) throw usageError("replay", wrong);
    sayUnusedAddresses(machine, chosen);
    const replayed = { file, strangers: values.stranger ?? file.strangers ?? [], hidden };
    if (values["on-change"] !== true) {
      const { result, text } = await playFile(machine, chosen, replayed);
      machine.stdout.write(values.json === true ? resultJson(result) : text);
      return verdictExitCode(result.verdict);
    }
    const unfit = onChangeProblems({ code: isOwnFunction(chosen), json: values.json === true });
    if (unfit.length > 0 || !isOwnFunction(chosen)) throw usageError("replay", unfit);
    return runOnChange(machine, {
      command: "replay",
      first: chosen,
      out: null,
      hide: (text) => hidden.hide(text),
      readAgain,
      work: async (changed, superseded) => {
        const { text } = await playFile(machine, changed, replayed);
        if (!superseded.aborted) machine.stdout.write(text);
      },
    });
  },
});

interface Replayed {
  readonly file: ScheduleFile;
  readonly strangers: readonly string[];
  readonly hidden: HiddenValues;
}

async function playFile(
  machine: Machine,
  chosen: FunctionUnderSearch,
  { file, strangers, hidden }: Replayed,
): Promise<{ readonly result: RunResult; readonly text: string }> {
  const played = await withStage(machine, chosen, file.times, async (stage) => {
    const options = {
      label: chosen.label,
      admission: file.admission,
      ...capacitiesOf(chosen.peers),
      capacity: file.capacity,
      findHidden: hidden.find,
      strangers,
      times: file.times,
      payload: Buffer.from(JSON.stringify(file.event ?? {})),
      clock: systemClock,
      toolVersion: toolVersion(),
    };
    await checkHandler(stage, options);
    return playSchedule(stage, file.steps, options);
  });
  const { verdict, functions } = played.result;
  const [judged] = functions;
  const reasons =
    judged === undefined || judged.reasons.length === 0 ? "" : ` (${judged.reasons.join(", ")})`;
  return {
    result: played.result,
    text: `${playedText(played, machine.stdout.columns)}\n${chosen.label}: ${verdict}${reasons}\n`,
  };
}

/** Flags that have no effect on the chosen target are refused. */
function misplacedFlags(values: ReplayFlags): readonly Problem[] {
  const { target = "local" } = values;
  const [others, where] = target === "aws" ? [REPLAY_LOCAL, "local"] : [REPLAY_AWS, "aws"];
  const shared = new Set<string>(["function", "stranger"]);
  return [...settingsByFlag(others).keys()]
    .filter((flag) => !shared.has(flag) && flag in values)
    .map((flag) => ({ where: `--${flag}`, text: `works only with --target ${where}` }));
}

function unknownDesign({ target = "local", function: design }: ReplayFlags): readonly Problem[] {
  if (target === "aws" || design === undefined) return [];
  const read = oneOf(DESIGNS)(design);
  return read.ok ? [] : [{ where: `--function ${design}`, text: `expected ${read.expected}` }];
}

type Read =
  | { readonly file: ScheduleFile }
  | { readonly problems: readonly { readonly where: string; readonly text: string }[] };

function readFile(path: string, given: string): Read {
  let text: string;
  try {
    text = readGivenText(path);
  } catch (error) {
    return {
      problems: [
        { where: given, text: `expected a schedule file that can be read, but ${whyUnreadable(error)}` },
      ],
    };
  }
  const read = readScheduleFile(text);
  return read.ok
    ? { file: read.file }
    : { problems: read.problems.map((problem) => ({ where: given, text: problem })) };
}
