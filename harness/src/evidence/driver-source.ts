/** The journal of a run, in its order: of each function the invocations that were sent once and succeeded as rows, everything else as it is. */
import type { JournalEvent } from "../domain/journal.ts";
import { parseIsoTime } from "../units/time.ts";
import { SideStore, type SideLine } from "./side-store.ts";
import { SharedTexts } from "./shared-texts.ts";
import { textKey } from "../adapters/storage/text-key.ts";

type Sent = Extract<JournalEvent, { event: "invocation-sent" }>;
type Ended = Extract<JournalEvent, { event: "invocation-ended" }>;

/** An invocation of one function: its row's number and the times around it. */
export class DriverSource {
  readonly store = new SideStore<JournalEvent>(new SharedTexts().journal);
  readonly #open = new Map<number, SideLine<JournalEvent> & { readonly value: Sent }>();
  #lastNumber = -1;

  sent(order: number, event: Sent): void {
    if (event.n <= this.#lastNumber) this.store.whole = false;
    this.#lastNumber = Math.max(this.#lastNumber, event.n);
    this.#open.set(event.n, { order, value: event });
  }

  ended(order: number, event: Ended): void {
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
    this.store.add({ key: textKey(event.requestId), from, to, extra: event.latencyMs }, [
      sent,
      { order, value: event },
    ]);
  }

  finish(): void {
    this.store.hold(...this.#open.values());
    this.#open.clear();
  }
}
