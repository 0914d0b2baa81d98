/**
 * Makes a notice if, according to a function's link log, nothing answered at the server's address for some attempts. A handler that catches
 * the error can still succeed, and then no failed invocation has this cause. The notice changes no verdict, because other checks judge what
 * the attempts mean. Pure.
 */
import { groupBy } from "../domain/group-by.ts";
import type { LinkLogRecord } from "../domain/link-log.ts";

export interface AttemptsOfFunction {
  readonly name: string;
  readonly linkLog: Iterable<LinkLogRecord> | null;
}

/** Returns one sentence for each peer that the function could not reach. */
export function unreachedServer({ name, linkLog }: AttemptsOfFunction): readonly string[] {
  const failed = [...(linkLog ?? [])].filter(({ event }) => event === "connect-failed");
  return [...groupBy(failed, ({ peer = "" }) => peer)].map(([peer, records]) => {
    const times = records.map(({ time }) => time).sort();
    const codes = [...new Set(records.flatMap(({ error }) => error ?? []))].sort();
    const span = times.length === 1 ? `at ${times[0]}` : `from ${times[0]} to ${times.at(-1)}`;
    return [
      `${name}: the server${peer === "" ? "" : ` ${peer}`} could not be reached ${span}:`,
      `${records.length} ${records.length === 1 ? "attempt" : "attempts"} to connect failed`,
      `(${codes.length === 0 ? "no code" : codes.join(", ")}), although no failed invocation has this cause.`,
    ].join(" ");
  });
}
