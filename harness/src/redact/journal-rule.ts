import { ADMISSIONS } from "../domain/admission.ts";
import { ENGINE_LISTS, RUN_SOURCES } from "../domain/findings/evidence-problems.ts";
import { SERVER_LOG_KINDS } from "../domain/server-log-kinds.ts";
import { INVOCATION_OUTCOMES } from "../domain/invocation.ts";
import { DRIVE_STOP_REASONS } from "../domain/journal.ts";
import { APPLICATION_LOG_LEVELS, LOG_FORMATS, THROTTLE_REASONS } from "../domain/platform-words.ts";
import { boolean, either, list, matching, members, number, oneOf, time, type Rule } from "./rules.ts";
import { runtimeName } from "./runtime-rules.ts";
import type { ValueRules } from "./value-rules.ts";

/** A code of longrun, such as `run-clock-set-back`. */
const code = matching(/^[a-z]+(?:-[a-z]+){0,5}$/);

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
  return members({
    sequence: number,
    time,
    monotonicMs: number,
    event: matching(/^[a-z]+(?:-[a-z]+){0,3}$/),
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
