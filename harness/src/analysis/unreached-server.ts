/**
 * Makes a notice for each server at whose address nothing answered. If the handler catches the error, no failed invocation shows the
 * problem.
 */
import { notice, type JudgedNotice } from "../record/notices.ts";
import type { JudgedFunction } from "../result/judgement.ts";
import { groupBy } from "../base/group-by.ts";
import { epochMs, isoTime } from "../base/time.ts";
import type { FunctionHistory } from "./correlate/function-history.ts";
import type { LinkConnection } from "./timeline/environment.ts";

/** `links`: all connections of the function. */
export function unreachedServer(name: string, links: readonly LinkConnection[]): readonly JudgedNotice[] {
  const failed = links.filter(({ failedAt }) => failedAt !== null);
  return [...groupBy(failed, ({ peer }) => peer)].flatMap(([peer, attempts]) => {
    const times = attempts.map(({ failedAt }) => isoTime(epochMs(failedAt ?? 0))).sort();
    const [first] = times;
    const last = times.at(-1);
    if (first === undefined || last === undefined) return [];
    const errors = [...new Set(attempts.flatMap(({ failedBy }) => failedBy ?? []))].sort();
    return [
      notice("server-unreached", { function: name, peer, attempts: attempts.length, first, last, errors }),
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
