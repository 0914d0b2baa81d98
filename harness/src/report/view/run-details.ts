import type { FunctionResult } from "../../result/function-result.ts";
import type { RunResult } from "../../result/run-result.ts";
import { durationMs, formatDuration } from "../../base/time.ts";
import { evidenceSpan } from "./evidence-span.ts";
import { formatInstant, formatLength, instantOf } from "./format-time.ts";

export interface Detail {
  readonly label: string;
  readonly value: string;
}

const TARGET_WORD: Readonly<Record<RunResult["run"]["target"], string>> = {
  local: "local engine",
  aws: "AWS Lambda",
  logs: "logs, no run",
};

export function runDetails({ run, functions }: RunResult): readonly Detail[] {
  const from = instantOf(run.from);
  const details: (Detail | null)[] = [
    { label: "Run", value: run.id },
    from === null ? evidenceDetail(functions) : { label: "Started", value: formatInstant(from) },
    { label: "Target", value: TARGET_WORD[run.target] },
    run.platform === null ? null : { label: "Platform", value: platformName(run.platform) },
    run.seed === null ? null : { label: "Seed", value: String(run.seed) },
    run.durationMs === null ? null : { label: "Length", value: formatLength(run.durationMs) },
    run.intervalMs === null ? null : { label: "Interval", value: formatLength(run.intervalMs) },
    run.provoked === undefined ? null : { label: "Provoked", value: run.provoked.join(", ") },
    run.isolation === null ? null : { label: "Isolation", value: run.isolation },
    run.status === null || run.status === "ended" ? null : { label: "Status", value: run.status },
    ...runtimeDetails(functions),
    { label: "Made by", value: `lambda-longrun ${run.toolVersion}` },
  ];
  return details.filter((detail) => detail !== null);
}

/** Logs without a run have no start, so the instants of their first and last line about an environment are shown. */
function evidenceDetail(functions: readonly FunctionResult[]): Detail | null {
  const span = evidenceSpan(functions);
  return span === null
    ? null
    : { label: "Evidence", value: `${formatInstant(span.from)} to ${formatInstant(span.to)}` };
}

/** Each runtime is listed once. Names of functions are left out if all have the same runtime. */
function runtimeDetails(functions: readonly FunctionResult[]): readonly Detail[] {
  const names = new Map<string, string[]>();
  for (const { name, runtime } of functions) {
    if (runtime === undefined) continue;
    const text = runtime.ranOn === null ? runtime.name : `${runtime.name} on ${runtime.ranOn}`;
    names.set(text, [...(names.get(text) ?? []), name]);
  }
  const notices = [...new Set(functions.flatMap(({ runtime }) => runtime?.notice ?? []))];
  const all = [...names].map(([text, of]) => (names.size === 1 ? text : `${text} (${of.join(", ")})`));
  return [
    ...(all.length === 0 ? [] : [{ label: "Runtime", value: all.join("; ") }]),
    ...notices.map((value) => ({ label: "Notice", value })),
  ];
}

/** Returns the flags that make the same plan again. Null if no flags can: for runs on AWS, for logs, and for a profile from a file. */
export function samePlanFlags({ run }: RunResult): string | null {
  const { platform, seed, durationMs: length, intervalMs: interval, provoked = [] } = run;
  if (
    platform === null ||
    seed === null ||
    length === null ||
    interval === null ||
    !isNamedPlatform(platform)
  )
    return null;
  const provoke = provoked.length === 0 ? "" : `--provoke ${provoked.join(",")} `;
  return `${provoke}--platform ${platform} --seed ${seed} --duration ${formatDuration(durationMs(length))} --interval ${formatDuration(durationMs(interval))}`;
}

function platformName(platform: string): string {
  return isNamedPlatform(platform) ? platform : "from a file";
}

function isNamedPlatform(platform: string): boolean {
  return /^[a-z][a-z0-9-]*$/.test(platform);
}
