import { ADMISSIONS } from "../domain/admission.ts";
import { ENGINE_LISTS, RUN_SOURCES, type RunProblem } from "../domain/findings/evidence-problems.ts";
import { SERVER_LOG_KINDS } from "../domain/server-log-kinds.ts";
import { INVOCATION_OUTCOMES } from "../domain/invocation.ts";
import type { RunNotice } from "../domain/findings/notices.ts";
import { DRIVE_STOP_REASONS, type JournalEvent } from "../domain/journal.ts";
import { APPLICATION_LOG_LEVELS, LOG_FORMATS, THROTTLE_REASONS } from "../domain/platform-words.ts";
import { boolean, either, list, members, number, oneOf, time, type Rule } from "./rules.ts";
import { runtimeName } from "./runtime-rules.ts";
import type { ValueRules } from "./value-rules.ts";

const EVENTS: Readonly<Record<JournalEvent["event"], true>> = {
  "run-started": true,
  "function-ready": true,
  "engine-ready": true,
  "peer-ready": true,
  "drive-started": true,
  "invocation-sent": true,
  "invocation-ended": true,
  "invocation-skipped": true,
  "stop-requested": true,
  "drive-ended": true,
  "logs-read": true,
  "logs-settled": true,
  "clock-changed": true,
  "evidence-problem": true,
  "evidence-notice": true,
  "nothing-succeeded": true,
  "run-ended": true,
};
const CODES: Readonly<Record<RunProblem["code"] | RunNotice["code"], true>> = {
  told: true,
  "run-clock-set-back": true,
  "evidence-not-read": true,
  "plan-not-stopped": true,
  "engine-records-dropped": true,
  "server-log-lines-not-read": true,
  "server-log-not-read": true,
  "problem-not-known": true,
  "notice-not-known": true,
  "peer-log-empty": true,
  "peer-log-of-other-time": true,
  "server-log-shows-nothing": true,
  "server-log-without-connections": true,
  "server-log-without-streams": true,
};

export function journalRule({
  text,
  label,
  name,
  id,
  stream,
  group,
  host,
  type,
  qualifier,
}: ValueRules): Rule {
  const code = either(oneOf(...Object.keys(CODES)), text);
  return members({
    sequence: number,
    time,
    monotonicMs: number,
    // The judgement counts an event that only a newer version knows.
    event: either(oneOf(...Object.keys(EVENTS)), text),
    resumed: boolean,
    function: label,
    functionArn: name,
    logGroup: group,
    reservedConcurrency: number,
    runtime: runtimeName,
    timeoutMs: number,
    lastModified: time,
    codeSha256: text,
    logFormat: oneOf(...LOG_FORMATS),
    systemLogLevel: oneOf(...APPLICATION_LOG_LEVELS),
    host,
    port: number,
    admission: oneOf(...ADMISSIONS),
    n: number,
    dueAt: time,
    lateMs: number,
    requestId: id,
    executedVersion: qualifier,
    durationMs: number,
    latencyMs: number,
    outcome: oneOf(...INVOCATION_OUTCOMES),
    errorType: type,
    errorMessage: text,
    reason: either(oneOf(...DRIVE_STOP_REASONS, ...THROTTLE_REASONS), text),
    status: number,
    through: time,
    records: number,
    settled: boolean,
    missingRequestIds: list(id),
    byMs: number,
    text,
    code,
    parameters: members({
      text,
      problem: code,
      notice: code,
      byMs: number,
      source: either(oneOf(...RUN_SOURCES), text),
      sources: list(text),
      message: text,
      list: oneOf(...ENGINE_LISTS),
      lines: number,
      example: text,
      since: time,
      until: time,
      first: time,
      last: time,
      server: oneOf(...SERVER_LOG_KINDS),
    }),
    failed: number,
    times: number,
    lines: list(text),
    logStream: stream,
    since: time,
    connections: number,
  });
}
