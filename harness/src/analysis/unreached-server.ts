/**
 * Makes a notice about the attempts for which, according to a function's link log, nothing answered at the server's address. If the handler catches
 * the error, its invocation can still succeed, so that no failed invocation shows the problem. The notice changes no verdict, because other checks
 * judge what the attempts mean. Pure.
 */
import { notice, type JudgedNotice } from "../domain/findings/notices.ts";
import { groupBy } from "../domain/group-by.ts";
import type { LinkLogRecord } from "../domain/link-log.ts";

export interface AttemptsOfFunction {
  readonly name: string;
  readonly linkLog: Iterable<LinkLogRecord> | null;
}

/** Returns one notice for each peer that the function could not reach. */
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
