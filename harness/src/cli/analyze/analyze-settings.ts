import { durationMs, formatDuration } from "../../units/time.ts";
import { DEFAULT_JUDGEMENT_SETTINGS, type Overrides } from "../../domain/judgement-settings.ts";
import { capacityOf, DEFAULT_CAPACITY } from "../../domain/capacity.ts";
import { SERVERS_WITH_LOG } from "../../domain/server-log-kinds.ts";
import { accept, expected, type Parsed } from "../../settings/parsed.ts";
import type { FlagValues, OwnSettingValues } from "../../settings/setting-table.ts";
import { repeated, setting } from "../../settings/setting.ts";
import * as shared from "../../settings/shared-settings.ts";
import { choice, text, wholeNumber } from "../../settings/value-kinds.ts";
import { FORMAT } from "../render.ts";
import {
  APPLICATION_LOG_LEVELS,
  type ApplicationLogLevel,
  type HidingLevel,
} from "../../domain/platform-words.ts";

const { clockToleranceMs, idleLifeMs, settleMs, keptConnections } = DEFAULT_JUDGEMENT_SETTINGS;

/** For a run directory, the default is the setting of its run. */
const ofTheRun = (forLogsMs: number): { readonly shown: string; of(): null } => ({
  shown: `the run's own, ${formatDuration(durationMs(forLogsMs))} for logs`,
  of: () => null,
});

export const ANALYZE_SETTINGS = {
  logGroups: repeated("log-group", {
    takes: "NAME",
    help: "Read this log group from CloudWatch Logs instead of files.",
    value: text("a log group such as /aws/lambda/my-function"),
  }),
  since: {
    ...shared.SINCE,
    help: "Leave out older events: a length of time before now (24h) or an instant.",
    default: { shown: `${shared.SINCE.default} with --log-group`, of: () => null },
  },
  until: {
    ...shared.SINCE,
    flag: "until",
    help: "Leave out newer events.",
    default: { shown: "now", of: () => null },
  },
  cache: setting("cache", {
    takes: "FOLDER",
    help: "Keep in this folder the events that were read from log groups; after an interruption, the same command continues from there. The folder can be judged later like any logs.",
    value: text("a folder"),
  }),
  peerLogs: repeated("peer-log", {
    takes: "[NAME=]FILE",
    help: `The log of a function's peer: longrun's own, or the log of ${SERVERS_WITH_LOG}. Several files of one peer are read as one log. If there are several functions, NAME is the function. If the function has several peers, NAME is the peer.`,
    value: { parse: peerLogFile },
  }),
  peerLogZone: shared.PEER_LOG_ZONE,
  strangers: {
    ...shared.STRANGERS,
    default: { shown: "those of the run", of: () => [] },
  },
  metricsFiles: repeated("metrics-file", {
    takes: "[FUNCTION=]FILE",
    help: "The output of aws cloudwatch get-metric-data for a function's Invocations and Errors, which is compared with its log. Two files for one function must agree.",
    value: { parse: fileOfFunction },
  }),
  functionName: setting("function", {
    takes: "NAME",
    help: "The function's name if the logs do not contain it. If the logs name several functions, the one to judge.",
    value: text("a function's name"),
  }),
  region: { ...shared.REGION, help: "AWS region of --log-group." },
  endpoint: { ...shared.ENDPOINT, help: "A running engine (longrun serve) instead of AWS." },
  thresholds: {
    ...shared.THRESHOLD,
    help: "A bound on a figure of result.json; replaces the thresholds of the run.",
  },
  reservedConcurrency: setting("reserved-concurrency", {
    takes: "NUMBER",
    help: "The function's reserved concurrency, if the evidence does not say it.",
    value: wholeNumber({ min: 0, max: 100_000 }),
  }),
  capacities: {
    ...shared.CAPACITIES,
    help: shared.CAPACITY.help,
    default: { shown: `the run's own, ${DEFAULT_CAPACITY} for logs`, of: () => [] },
  },
  keptConnections: {
    ...shared.KEPT,
    default: { shown: `the run's own, ${keptConnections} for logs`, of: () => null },
  },
  applicationLogLevel: setting("application-log-level", {
    takes: "LEVEL",
    help: "The application log level of a log in JSON format, if its lines do not show it: TRACE, DEBUG, INFO, WARN, ERROR or FATAL.",
    value: choice(APPLICATION_LOG_LEVELS),
  }),
  clockTolerance: {
    ...shared.CLOCK_TOLERANCE,
    help: "How far apart two clocks may be.",
    default: ofTheRun(clockToleranceMs),
  },
  idleLife: { ...shared.IDLE_LIFE, default: ofTheRun(idleLifeMs) },
  settle: {
    ...shared.SETTLE,
    help: "How late a log event may arrive.",
    default: ofTheRun(settleMs),
  },
  format: FORMAT,
  json: {
    ...shared.JSON_OUTPUT,
    help: "Print result.json instead of the table; the same as --format json.",
  },
} as const;

export type AnalyzeFlags = FlagValues<typeof ANALYZE_SETTINGS>;
export type AnalyzeRequest = OwnSettingValues<typeof ANALYZE_SETTINGS>;

export interface FileOfFunction {
  /** Null if there is only one function. */
  readonly functionName: string | null;
  readonly file: string;
}

interface NamedPeerLog {
  /** A function, or, if the only function has several peers, a peer. Null if there is one function with one peer. */
  readonly name: string | null;
  readonly file: string;
}

function peerLogFile(given: string): Parsed<NamedPeerLog> {
  const { name, file } = named(given);
  return file === "" ? expected("[NAME=]FILE such as db=gateway.jsonl") : accept({ name, file });
}

function fileOfFunction(given: string): Parsed<FileOfFunction> {
  const { name, file } = named(given);
  return file === ""
    ? expected("[FUNCTION=]FILE such as my-function=metrics.json")
    : accept({ functionName: name, file });
}

function named(given: string): { readonly name: string | null; readonly file: string } {
  const match = /^(?:([A-Za-z0-9_-]{1,140})=)?(.+)$/s.exec(given);
  return { name: match?.[1] ?? null, file: match?.[2] ?? "" };
}

function filterOf(level: ApplicationLogLevel): HidingLevel {
  return level === "TRACE" || level === "DEBUG" ? "INFO" : level;
}

/** The settings that the user gave. Each replaces the setting of the run, or the default. */
export function settingsGiven(settings: AnalyzeRequest): Overrides {
  const { applicationLogLevel, thresholds, reservedConcurrency, clockTolerance, idleLife, settle } = settings;
  const { capacities, keptConnections: kept, strangers } = settings;
  const places = capacities.map(({ name, value }) => ({ name, places: capacityOf(value, DEFAULT_CAPACITY) }));
  const every = places.find(({ name }) => name === null)?.places ?? null;
  const named = Object.fromEntries(
    places.flatMap((one) => (one.name === null ? [] : [[one.name, one.places]])),
  );
  return {
    ...(applicationLogLevel === null ? {} : { applicationLogLevel: filterOf(applicationLogLevel) }),
    ...(thresholds.length === 0 ? {} : { thresholds }),
    ...(reservedConcurrency === null ? {} : { reservedConcurrency }),
    ...(every === null ? {} : { capacity: every }),
    ...(Object.keys(named).length === 0 ? {} : { peerCapacities: named }),
    ...(strangers.length === 0 ? {} : { strangers }),
    ...(kept === null ? {} : { keptConnections: kept }),
    ...(clockTolerance === null ? {} : { clockToleranceMs: clockTolerance }),
    ...(idleLife === null ? {} : { idleLifeMs: idleLife }),
    ...(settle === null ? {} : { settleMs: settle }),
  };
}
