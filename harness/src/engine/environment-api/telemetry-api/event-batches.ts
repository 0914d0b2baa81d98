/** The events of one subscriber that are not delivered yet. A full batch waits to be sent, or is dropped if there is no room. */
import type { Buffering } from "./subscription-request.ts";

/** At most this many full batches wait for a slow subscriber. We chose this number, because AWS publishes none. */
const WAITING_MAX = 8;

export interface Dropped {
  readonly records: number;
  readonly bytes: number;
}

export class EventBatches {
  readonly #limits: Pick<Buffering, "maxItems" | "maxBytes">;
  #filling: string[] = [];
  #fillingBytes = 0;
  readonly #waiting: string[][] = [];

  constructor(limits: Pick<Buffering, "maxItems" | "maxBytes">) {
    this.#limits = limits;
  }

  add(event: string): Dropped | null {
    const bytes = Buffer.byteLength(event);
    const dropped = this.#fillingBytes + bytes > this.#limits.maxBytes ? this.seal() : null;
    this.#filling.push(event);
    this.#fillingBytes += bytes;
    return this.#filling.length >= this.#limits.maxItems ? (this.seal() ?? dropped) : dropped;
  }

  /** Ends the batch that is being filled. If there is no room for it, drops it and returns its size, else returns null. */
  seal(): Dropped | null {
    if (this.#filling.length === 0) return null;
    const batch = this.#filling;
    const dropped = { records: batch.length, bytes: this.#fillingBytes };
    this.#filling = [];
    this.#fillingBytes = 0;
    if (this.#waiting.length >= WAITING_MAX) return dropped;
    this.#waiting.push(batch);
    return null;
  }

  get isFilling(): boolean {
    return this.#filling.length > 0;
  }

  /** The batch to send next; it stays in the queue until `done` is called. */
  get next(): readonly string[] | null {
    return this.#waiting[0] ?? null;
  }

  /** Removes the batch that was delivered or is given up, and returns its size. */
  done(): Dropped {
    const batch = this.#waiting.shift() ?? [];
    return {
      records: batch.length,
      bytes: batch.reduce((sum, event) => sum + Buffer.byteLength(event), 0),
    };
  }
}
