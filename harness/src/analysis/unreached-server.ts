/**
 * Makes a notice about the attempts for which, according to a function's link log, nothing answered at the server's address. If the handler catches
 * the error, its invocation can still succeed, so that no failed invocation shows the problem. The notice changes no verdict, because other checks
 * judge what the attempts mean. Pure.
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
    const span = times.length === 1 ? `at ${times[0]}` : `between ${times[0]} and ${times.at(-1)}`;
    return [
      `${name}: ${span}, ${records.length} ${records.length === 1 ? "attempt" : "attempts"} to connect to the server`,
      `${peer === "" ? "" : `${peer} `}failed (${codes.length === 0 ? "no code" : codes.join(", ")}),`,
      "but no invocation is known to have failed because of that.",
    ].join(" ");
  });
}
