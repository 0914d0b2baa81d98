import type { Overrides } from "../../record/judgement-settings.ts";
import { capacityOf, DEFAULT_CAPACITY, type Capacity } from "../../words/capacity.ts";
import { SERVERS_WITH_LOG } from "../../words/server-log-kinds.ts";
import { givenOverrides, JUDGING_SETTINGS, ofTheRun } from "../../settings/judging-settings.ts";
import { accept, expected, type Parsed } from "../../settings/parsed.ts";
import type { FlagValues, OwnSettingValues } from "../../settings/setting-table.ts";
import { judging, repeated, setting } from "../../settings/setting.ts";
import * as shared from "../../settings/shared-settings.ts";
import { choice, text, wholeNumber } from "../../settings/value-kinds.ts";
import { FORMAT } from "../render.ts";
import { APPLICATION_LOG_LEVELS, type HidingLevel } from "../../words/platform-words.ts";

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
  ...shared.PEER_LOG_READING,
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
  reservedConcurrency: judging(
    "reservedConcurrency",
    "judge",
    setting("reserved-concurrency", {
      takes: "NUMBER",
      help: "The function's reserved concurrency, if the evidence does not say it.",
      value: wholeNumber({ min: 0, max: 100_000 }),
    }),
  ),
  capacities: {
    ...shared.CAPACITIES,
    help: shared.CAPACITY.help,
    default: { shown: `the run's own, ${DEFAULT_CAPACITY} for logs`, of: () => [] },
  },
  applicationLogLevel: judging(
    "applicationLogLevel",
    "judge",
    setting("application-log-level", {
      takes: "LEVEL",
      help: "The application log level of a log in JSON format, if its lines do not show it: TRACE, DEBUG, INFO, WARN, ERROR or FATAL.",
      value: { parse: hidingLevel },
    }),
  ),
  ...ofTheRun(JUDGING_SETTINGS),
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

function hidingLevel(given: string): Parsed<HidingLevel> {
  const read = choice(APPLICATION_LOG_LEVELS).parse(given);
  if (!read.ok) return read;
  return accept(read.value === "TRACE" || read.value === "DEBUG" ? "INFO" : read.value);
}

/** The settings that the user gave. Each replaces the setting of the run, or the default. */
export function settingsGiven(settings: AnalyzeRequest): Overrides {
  const { capacity = [], ...given } = givenOverrides(ANALYZE_SETTINGS, settings);
  const named = new Map<string, Capacity>();
  for (const { name, value } of capacity) named.set(name ?? "", capacityOf(value, DEFAULT_CAPACITY));
  const every = named.get("");
  named.delete("");
  return {
    ...given,
    ...(every === undefined ? {} : { capacity: every }),
    ...(named.size === 0 ? {} : { peerCapacities: Object.fromEntries(named) }),
  };
}
