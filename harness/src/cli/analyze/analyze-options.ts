/** The flags of `longrun analyze`, and what they say of the judgement. */
import {
  accept,
  expected,
  repeatable,
  single,
  toggle,
  type OptionValues,
  type Parsed,
} from "../../settings/option.ts";
import {
  anyText,
  awsRegion,
  duration,
  httpUrl,
  oneOf,
  pointInTime,
  wholeNumber,
} from "../../settings/value-parsers.ts";
import type { SettingsGiven } from "../judgement.ts";
import { FORMATS } from "../render.ts";

export const ANALYZE_OPTIONS = {
  "log-group": repeatable(
    { placeholder: "NAME", description: "Read this log group from CloudWatch Logs instead of files." },
    anyText("a log group such as /aws/lambda/my-function"),
  ),
  since: single(
    {
      placeholder: "TIME",
      description: "Leave out what is older: so long ago (24h) or an instant.",
      default: "24h with --log-group",
    },
    pointInTime,
  ),
  until: single(
    { placeholder: "TIME", description: "Leave out what is newer.", default: "now" },
    pointInTime,
  ),
  cache: single(
    {
      placeholder: "FOLDER",
      description:
        "Keep what was read of log groups here; the same command goes on where it was broken off. The folder can be judged later like any logs.",
    },
    anyText("a folder"),
  ),
  "peer-log": repeatable(
    {
      placeholder: "[FUNCTION=]FILE",
      description:
        "The log of the machine behind a function; the function's name is needed where there are several.",
    },
    peerLog,
  ),
  function: single(
    {
      placeholder: "NAME",
      description: "Names the function where the logs do not, chooses one where they name several.",
    },
    anyText("a function's name"),
  ),
  region: single(
    { placeholder: "NAME", description: "AWS region of --log-group.", default: "AWS_REGION" },
    awsRegion,
  ),
  endpoint: single(
    { placeholder: "URL", description: "A running engine (longrun serve) instead of AWS." },
    httpUrl,
  ),
  threshold: repeatable(
    { placeholder: "EXPR", description: "A bound on a figure of result.json; replaces those of the run." },
    anyText("a threshold such as 'harm.total <= 0'"),
  ),
  "reserved-concurrency": single(
    { placeholder: "NUMBER", description: "What was reserved, where the evidence does not say." },
    wholeNumber({ min: 0, max: 100_000 }),
  ),
  "clock-tolerance": single(
    {
      placeholder: "LENGTH",
      description: "How far apart two clocks may be.",
      default: "the run's own, 1s for logs",
    },
    duration({ min: 0 }),
  ),
  "idle-life": single(
    {
      placeholder: "LENGTH",
      description: "How long an environment whose end nobody saw counts as alive after its Init.",
      default: "the run's own, 5m for logs",
    },
    duration({ min: 0 }),
  ),
  settle: single(
    {
      placeholder: "LENGTH",
      description: "How late a log event may arrive.",
      default: "the run's own, 10m for logs",
    },
    duration({ min: 0 }),
  ),
  format: single(
    { placeholder: "NAME", description: `One of ${FORMATS.join(", ")}.`, default: "text" },
    oneOf(FORMATS),
  ),
  json: toggle("Print result.json instead of the table; the same as --format json."),
} as const;

export type AnalyzeValues = OptionValues<typeof ANALYZE_OPTIONS>;

export interface PeerLogFlag {
  readonly functionName: string | null;
  readonly file: string;
}

function peerLog(text: string): Parsed<PeerLogFlag> {
  const match = /^(?:([A-Za-z0-9_-]{1,140})=)?(.+)$/s.exec(text);
  return match === null
    ? expected("[FUNCTION=]FILE such as my-function=gateway.jsonl")
    : accept({ functionName: match[1] ?? null, file: match[2] ?? "" });
}

export function settingsGiven(values: AnalyzeValues): SettingsGiven {
  return {
    ...(values.threshold === undefined ? {} : { thresholds: values.threshold }),
    ...(values["reserved-concurrency"] === undefined
      ? {}
      : { reservedConcurrency: values["reserved-concurrency"] }),
    ...(values["clock-tolerance"] === undefined ? {} : { clockToleranceMs: values["clock-tolerance"] }),
    ...(values["idle-life"] === undefined ? {} : { idleLifeMs: values["idle-life"] }),
    ...(values.settle === undefined ? {} : { settleMs: values.settle }),
  };
}
