/**
 * Stores the journal of one function. A row is an invocation that succeeded and of which the journal has both events (sent and ended) and
 * the request id. All other events are kept unchanged.
 */
import type { JournalEvent } from "../domain/journal.ts";
import { parseIsoTime } from "../units/time.ts";
import { IntervalSet } from "./interval-set.ts";
import type { RowStore } from "./row-store.ts";
import { SourceStore, type SourceLine } from "./source-store.ts";
import { SharedTexts } from "./shared-texts.ts";

type Sent = Extract<JournalEvent, { event: "invocation-sent" }>;
type InvocationEndedEvent = Extract<JournalEvent, { event: "invocation-ended" }>;
type Skipped = Extract<JournalEvent, { event: "invocation-skipped" }>;

export class DriverSource {
  readonly store: SourceStore<JournalEvent>;
  readonly #rows: RowStore;
  readonly #open = new Map<number, SourceLine<JournalEvent> & { readonly value: Sent }>();
  #lastNumber = -1;
  /** The numbers of the invocations that were sent, and of those that were skipped. */
  readonly #sent = new IntervalSet(0, 1);
  readonly #skipped = new IntervalSet(0, 1);

  constructor(rows: RowStore) {
    this.#rows = rows;
    this.store = new SourceStore(rows, new SharedTexts().journal);
  }

  sent(order: number, event: Sent): void {
    if (event.n <= this.#lastNumber) this.store.whole = false;
    this.#lastNumber = Math.max(this.#lastNumber, event.n);
    this.#sent.add(event.n);
    // The earlier event is kept, because the judgement reports an invocation of which the journal says twice that it was sent.
    const before = this.#open.get(event.n);
    if (before !== undefined) this.store.hold(before);
    this.#open.set(event.n, { order, value: event });
  }

  ended(order: number, event: InvocationEndedEvent): void {
    const sent = this.#open.get(event.n);
    this.#open.delete(event.n);
    const [from, to] = [parseIsoTime(sent?.value.time ?? ""), parseIsoTime(event.time)];
    if (sent === undefined) this.store.whole = false;
    if (
      sent === undefined ||
      event.outcome !== "succeeded" ||
      event.requestId === null ||
      from === null ||
      to === null
    ) {
      this.store.hold(...(sent === undefined ? [] : [sent]), { order, value: event });
      return;
    }
    this.store.add({ key: this.#rows.key(event.requestId), from, to, extra: event.latencyMs }, [
      sent,
      { order, value: event },
    ]);
  }

  /**
   * JournalSource keeps the event itself. The judgement reports an invocation of which the journal says both that it was sent and that it
   * was skipped, so `finish` looks for one.
   */
  skipped({ n, reason }: Skipped): void {
    const sent = this.#open.get(n);
    // An invocation that was sent without valid credentials has no end.
    if (reason !== "signed-out" || sent === undefined) return this.#skipped.add(n);
    this.store.hold(sent);
    this.#open.delete(n);
  }

  finish(): void {
    const different = sizeOf(this.#sent, this.#skipped);
    if (different < sizeOf(this.#sent) + sizeOf(this.#skipped)) this.store.whole = false;
    this.store.hold(...this.#open.values());
    this.#open.clear();
  }
}

/** Returns how many different numbers the sets have. */
function sizeOf(...sets: readonly IntervalSet[]): number {
  return IntervalSet.merged(sets).reduce((sum, bound, index) => sum + (index % 2 === 0 ? -bound : bound), 0);
}
