/**
 * Makes a notice for each server at whose address nothing answered. If the handler catches the error, no failed invocation shows the
 * problem.
 */
import { notice, type JudgedNotice } from "../domain/findings/notices.ts";
import { groupBy } from "../domain/group-by.ts";
import type { LinkLogRecord } from "../domain/link-log.ts";

export interface AttemptsOfFunction {
  readonly name: string;
  readonly linkLog: Iterable<LinkLogRecord> | null;
}

export function unreachedServer({ name, linkLog }: AttemptsOfFunction): readonly JudgedNotice[] {
  const failed = [...(linkLog ?? [])].filter(({ event }) => event === "connect-failed");
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
