/** Reads one file of a function's logs into log events, in batches. */
import { PEER_EVENTS } from "../../record/peer-log.ts";
import type { LogEvent, SkippedLine } from "../../logs/log-event.ts";
import { streamOfPath } from "../../logs/stream-name.ts";
import { GOOD_EXPORT } from "../../logs/forms/form.ts";
import { readValues, type Batch } from "./read-values.ts";

const FORMS = `docs/analyze.md lists what can be read. This export loses nothing: ${GOOD_EXPORT}`;

/** An event, or what is known of an application line that was skipped. */
export type LogFileLine = LogEvent | SkippedLine;

export function readLogFile(
  source: string,
  bytes: AsyncIterable<Buffer>,
  skip: { readonly since: number; readonly until: number },
): AsyncIterable<Batch<LogFileLine>> {
  const named = streamOfPath(source) !== null;
  return readValues<never, LogFileLine>(source, bytes, {
    what: "logs of a Lambda function",
    mayHoldOthers: false,
    hint: (example) =>
      looksLikePeerLog(example) ? "It looks like the peer's log: give it with --peer-log." : FORMS,
    own: () => null,
    skip,
    value(piece) {
      if (piece.kind !== "event") return piece.kind === "skipped" ? piece.line : null;
      const { event, remedy } = piece;
      return remedy !== null && event.logStreamName === null && !named ? null : event;
    },
  });
}

const PEER_EVENT = new RegExp(`"event":\\s*"(?:${PEER_EVENTS.join("|")})"`);

function looksLikePeerLog(example: string | null): boolean {
  return example !== null && PEER_EVENT.test(example);
}
