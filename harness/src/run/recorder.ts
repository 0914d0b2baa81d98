/** The only writer of the journal. */
import type { JournalEvent, JournalEventBody } from "../record/journal.ts";
import type { Clock } from "./ports/clock.ts";
import type { RunStore } from "./ports/run-store.ts";
import { isoTime } from "../base/time.ts";

export interface Counts {
  planned: number;
  succeeded: number;
  functionErrors: number;
  throttled: number;
  otherErrors: number;
  skipped: number;
}

export interface Recorder {
  /** When this returns, the operating system has the event. Returns the event as it is in the journal. */
  record(body: JournalEventBody): JournalEvent;
  readonly counts: Readonly<Counts>;
}

export const noCounts = (): Counts => ({
  planned: 0,
  succeeded: 0,
  functionErrors: 0,
  throttled: 0,
  otherErrors: 0,
  skipped: 0,
});

/** `before` has the counts of the events that are already in the journal of a resumed run. */
export function recorder(
  store: Pick<RunStore, "appendJournal">,
  clock: Clock,
  before: { readonly lastSequence: number; readonly counts: Readonly<Counts> } | null = null,
  recorded: (event: JournalEvent) => void = () => undefined,
): Recorder {
  const counts: Counts = { ...(before?.counts ?? noCounts()) };
  let sequence = before?.lastSequence ?? 0;
  return {
    counts,
    record: (body) => {
      sequence += 1;
      const monotonicMs = Math.round(clock.monotonic() * 1_000) / 1_000;
      const event: JournalEvent = { sequence, time: isoTime(clock.now()), monotonicMs, ...body };
      store.appendJournal(event);
      count(counts, body);
      recorded(event);
      return event;
    },
  };
}

export function count(counts: Counts, body: JournalEventBody): void {
  if (body.event === "invocation-skipped") {
    counts.planned += 1;
    counts.skipped += 1;
  }
  if (body.event !== "invocation-ended") return;
  counts.planned += 1;
  if (body.outcome === "succeeded") counts.succeeded += 1;
  else if (body.outcome === "function-error") counts.functionErrors += 1;
  else if (body.outcome === "throttled") counts.throttled += 1;
  else counts.otherErrors += 1;
}
