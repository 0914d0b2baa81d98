/** Reads one file of a function's logs into log events. Returns what could not be read, or null. */
import { PEER_EVENTS } from "../../domain/peer-log.ts";
import type { LogEvent } from "../../logs/log-event.ts";
import { streamOfPath } from "../../logs/stream-name.ts";
import { GOOD_EXPORT } from "./forms/form.ts";
import type { ApplicationSink } from "./log-text.ts";
import { readValues, type Unreadable } from "./read-values.ts";

const FORMS = `docs/analyze.md lists what can be read. This export loses nothing: ${GOOD_EXPORT}`;

export function readLogFile(
  source: string,
  bytes: AsyncIterable<Buffer>,
  take: (event: LogEvent) => void,
  application: ApplicationSink,
): Promise<Unreadable | null> {
  const named = streamOfPath(source) !== null;
  return readValues(source, bytes, {
    what: "logs of a Lambda function",
    mayHoldOthers: false,
    hint: (example) =>
      looksLikePeerLog(example) ? "It looks like the peer's log: give it with --peer-log." : FORMS,
    bare: () => false,
    event(event, remedy) {
      if (remedy !== null && event.logStreamName === null && !named) return false;
      take(event);
      return true;
    },
    application,
  });
}

const PEER_EVENT = new RegExp(`"event":\\s*"(?:${PEER_EVENTS.join("|")})"`);

function looksLikePeerLog(example: string | null): boolean {
  return example !== null && PEER_EVENT.test(example);
}
