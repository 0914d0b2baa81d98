/**
 * Makes a notice for each server at whose address nothing answered. If the handler catches the error, no failed invocation shows the
 * problem.
 */
import { notice, type JudgedNotice } from "../domain/findings/notices.ts";
import type { JudgedFunction } from "../domain/judgement.ts";
import { groupBy } from "../domain/group-by.ts";
import { filtered } from "../domain/lazy.ts";
import type { LinkLogRecord } from "../domain/link-log.ts";
import type { FunctionHistory } from "./correlate/function-history.ts";

export interface AttemptsOfFunction {
  readonly name: string;
  readonly linkLog: Iterable<LinkLogRecord> | null;
}

export function unreachedServer({ name, linkLog }: AttemptsOfFunction): readonly JudgedNotice[] {
  const failed = filtered(linkLog ?? [], ({ event }) => event === "connect-failed");
  return [...groupBy(failed, ({ peer = null }) => peer)].flatMap(([peer, records]) => {
    const times = records.map(({ time }) => time).sort();
    const [first] = times;
    const last = times.at(-1);
    if (first === undefined || last === undefined) return [];
    const errors = [...new Set(records.flatMap(({ error }) => error ?? []))].sort();
    return [
      notice("server-unreached", { function: name, peer, attempts: records.length, first, last, errors }),
    ];
  });
}

/**
 * Whether the judgement mentions the failed attempts already: a failure has the cause `peer-down`, or harm is unknown because the peer had
 * another connection open at the time.
 */
export function isJudged(judged: JudgedFunction | undefined): boolean {
  if (judged === undefined) return false;
  const { invocationList, findings } = judged;
  return (
    invocationList.some(({ cause }) => cause === "peer-down") ||
    findings.some(
      (one) => one.code === "harm-unknown" && one.parameters.why.code === "nothing-listened-meanwhile",
    )
  );
}

/** Whether the peer was full at a failed attempt (correlate/listens-when-free.ts). */
export function refusedUnheard({ links }: FunctionHistory): boolean {
  return [...(links?.values() ?? [])].some((list) =>
    list.some(({ failedAt, attempt }) => failedAt !== null && attempt?.outcome === "refused"),
  );
}
