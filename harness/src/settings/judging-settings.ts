/**
 * The settings of a judgement that soak and analyze both have. Their values stand in the manifest's profile (record/judged-profile.ts).
 * From `judges` follow the manifest of a soak (manifest-settings.ts) and what analyze sets in place of the settings of a run.
 */
import { DEFAULT_KEPT_CONNECTIONS, KEPT_CONNECTIONS } from "../words/capacity.ts";
import { JUDGED_DEFAULTS } from "../record/judged-profile.ts";
import type { Overrides } from "../record/judgement-settings.ts";
import { durationMs, formatDuration } from "../base/time.ts";
import { shownDefault, type SettingTable, type SettledValue } from "./setting-table.ts";
import { judging, repeated, setting, toggle, type Setting } from "./setting.ts";
import * as kinds from "./value-kinds.ts";

const shownLength = (ms: number): string => formatDuration(durationMs(ms));

export const LATE_LOGS = shownLength(JUDGED_DEFAULTS.settleMs);

export const JUDGING_SETTINGS = {
  thresholds: judging(
    "thresholds",
    "judge",
    repeated("threshold", {
      takes: "EXPR",
      help: "A bound on a figure of result.json such as 'harm.total <= 0'; if it is broken, the verdict is fail.",
      value: kinds.text("a threshold such as 'harm.total <= 0'"),
    }),
  ),
  keptConnections: judging(
    "keptConnections",
    "both",
    setting("kept-connections", {
      takes: KEPT_CONNECTIONS.join("|"),
      help: "Whether connections that are kept between invocations are a flaw. Use allowed for a pool that is meant to keep connections: then the largest number of open connections is judged instead.",
      default: DEFAULT_KEPT_CONNECTIONS,
      value: kinds.choice(KEPT_CONNECTIONS),
    }),
  ),
  strangers: judging(
    "strangers",
    "judge",
    repeated("stranger", {
      takes: "NAME",
      help: "The name of another client of the peer, as the client gives it to the peer, such as pgadmin. Such a client counts as a stranger. Other names do not show who a client is.",
      value: kinds.text("a client's name"),
    }),
  ),
  onlyClient: judging(
    "onlyClient",
    "judge",
    toggle(
      "only-client",
      "Nobody but these functions uses the peer during the run. Then no unknown client can have held it, and the report says that the verdict rests on this.",
    ),
  ),
  clockTolerance: judging(
    "clockToleranceMs",
    "judge",
    setting("clock-tolerance", {
      takes: "LENGTH",
      help: "How far apart two clocks may be if the evidence gives no closer bound.",
      default: shownLength(JUDGED_DEFAULTS.clockToleranceMs),
      value: kinds.duration({ min: 0 }),
    }),
  ),
  idleLife: judging(
    "idleLifeMs",
    "both",
    setting("idle-life", {
      takes: "LENGTH",
      help: "How long an environment whose end is not known counts as alive after its Init.",
      default: shownLength(JUDGED_DEFAULTS.idleLifeMs),
      value: kinds.duration({ min: 0 }),
    }),
  ),
  settle: judging(
    "settleMs",
    "both",
    setting("settle", {
      takes: "LENGTH",
      help: "How late a log event may arrive.",
      default: LATE_LOGS,
      value: kinds.duration({ min: 0 }),
    }),
  ),
} as const;

type FlagTable = Readonly<Record<string, Setting>>;
type OfTheRun<Table extends FlagTable> = {
  readonly [Name in keyof Table]: Omit<Table[Name], "default"> & {
    readonly default: { readonly shown: string; of(): null };
  };
};

/** The same settings for evidence that a run has recorded: a setting that is not given is that of the run. */
export function ofTheRun<Table extends FlagTable>(table: Table): OfTheRun<Table> {
  const changed = Object.entries(table).map(([name, one]) => {
    const shown = one.repeatable
      ? "those of the run"
      : `the run's own, ${shownDefault(one) ?? "none"} for logs`;
    return [name, { ...one, default: { shown, of: () => null } }];
  });
  return Object.fromEntries(changed) as OfTheRun<Table>;
}

/** Each value that was given, by the name of the setting of the judgement. */
type GivenOverrides<Table extends SettingTable> = {
  readonly [
    Name in keyof Table as Table[Name] extends { readonly judges: infer Of extends keyof Overrides }
      ? Of
      : never
  ]?: NonNullable<SettledValue<Table[Name]>>;
};

export function givenOverrides<Table extends FlagTable>(
  table: Table,
  settings: { readonly [Name in keyof Table]?: unknown },
): GivenOverrides<Table> {
  const given = Object.entries(table).flatMap(([name, { judges }]) => {
    const value = settings[name];
    const absent = value === null || value === undefined || (Array.isArray(value) && value.length === 0);
    return judges === null || absent ? [] : [[judges, value]];
  });
  return Object.fromEntries(given) as GivenOverrides<Table>;
}
