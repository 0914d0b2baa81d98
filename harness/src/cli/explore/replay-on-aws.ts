/** `longrun replay --target aws`: a soak of one function, whose invocations and changes are the steps of the schedule. */
import type { ExitCode } from "../../words/exit-codes.ts";
import { leverSchedule, leversIn } from "../../explore/lever-steps.ts";
import type { ScheduleFile } from "../../explore/schedule-file.ts";
import { invocationsIn } from "../../provoke/play-steps.ts";
import { REPLAY_AWS, type REPLAY_SETTINGS } from "../../settings/explore-settings.ts";
import { labelledFunction } from "../../settings/function-choice.ts";
import type { HiddenValues } from "../../settings/hidden-values.ts";
import type { Problem } from "../../settings/problem.ts";
import { resolveSoak } from "../soak/resolve-soak.ts";
import { defaultValue, type FlagValues } from "../../settings/setting-table.ts";
import { regionOf } from "../../settings/shared-settings.ts";
import type { SoakFlags } from "../../settings/soak-settings.ts";
import { durationMs } from "../../base/time.ts";
import { defaultFacts } from "../default-facts.ts";
import type { Machine } from "../machine.ts";
import { confirmProvoke } from "../soak/confirm-provoke.ts";
import { loadInputs } from "../soak/load-inputs.ts";
import { outProblems, runSettled } from "../soak/run-settled.ts";
import { usageError } from "../usage-error.ts";

export type ReplayFlags = FlagValues<typeof REPLAY_SETTINGS>;

interface ReplayOnAws {
  /** The path of the schedule, as the user gave it. */
  readonly given: string;
  readonly file: ScheduleFile;
  readonly values: ReplayFlags;
  readonly hidden: HiddenValues;
}

const COMMAND = "longrun replay --target aws";

export async function replayOnAws(
  machine: Machine,
  { given, file, values, hidden }: ReplayOnAws,
): Promise<ExitCode> {
  const schedule = leverSchedule(file.steps);
  if (!schedule.ok)
    throw usageError("replay", [
      {
        where: given,
        text: `step ${schedule.number} (${schedule.step.step}) cannot be played on AWS, because no lever of the Lambda API makes it happen; longrun explore --provoke finds schedules of levers`,
      },
    ]);
  const invocations = invocationsIn(schedule.steps);
  if (invocations === 0)
    throw usageError("replay", [{ where: given, text: "expected at least one invocation (invoke-version)" }]);
  const named = labelledFunction(values.function ?? "");
  const interval = values.interval ?? defaultValue(REPLAY_AWS.interval, defaultFacts(machine));
  const { "peer-log-group": peerLogGroup, "peer-log": peerLog } = values;
  const flags: SoakFlags = {
    target: "aws",
    function: named.ok ? [named.value] : [],
    interval,
    duration: durationMs(invocations * interval),
    provoke: leversIn(schedule.steps),
    event: JSON.stringify(file.event ?? {}),
    capacity: [{ name: null, value: file.capacity }],
    stranger: values.stranger ?? file.strangers ?? [],
    settle: values.settle ?? defaultValue(REPLAY_AWS.settle, defaultFacts(machine)),
    json: values.json ?? false,
    // A schedule has few invocations. Whether to ask is decided below.
    yes: true,
    ...(values.region === undefined ? {} : { region: values.region }),
    ...(values.out === undefined ? {} : { out: values.out }),
    ...(peerLogGroup === undefined ? {} : { "peer-log-group": peerLogGroup }),
    ...(peerLog === undefined ? {} : { "peer-log": peerLog }),
  };
  const resolved = resolveSoak(flags, {}, regionOf(machine.environment));
  const settings = { ...resolved.settings, yes: values.yes ?? false };
  const problems: readonly Problem[] = [
    ...(named.ok ? [] : [{ where: "--function", text: `expected ${named.expected}` }]),
    ...resolved.problems.filter(({ where }) => named.ok || where !== "--function"),
    ...outProblems(settings, machine.workingFolder),
  ];
  const inputs = await loadInputs(settings, machine, problems, undefined);
  const all = [...problems, ...inputs.problems];
  if (all.length > 0) throw usageError("replay", all);
  await confirmProvoke(machine, COMMAND, settings);
  const settled = { settings, inputs, plan: null, platform: null, seed: null, resumed: null };
  return runSettled(machine, { ...settled, schedule: schedule.steps }, null, hidden);
}
