/**
 * Events of one subscriber on their way: the batch that fills, and those that wait to be sent. Bounded; what does not fit is dropped as a
 * whole batch and counted. Pure: when a batch is due and how it is sent is subscriber.ts's.
 */
import type { Buffering } from "./subscription-request.ts";

/** Full batches that wait for a subscriber which is slower than its function. Ours: AWS publishes no figure. */
const WAITING_MAX = 8;

export interface Dropped {
  readonly records: number;
  readonly bytes: number;
}

export class EventBatches {
  private readonly limits: Pick<Buffering, "maxItems" | "maxBytes">;
  private filling: string[] = [];
  private fillingBytes = 0;
  private readonly waiting: string[][] = [];

  constructor(limits: Pick<Buffering, "maxItems" | "maxBytes">) {
    this.limits = limits;
  }

  /** Null, or what there was no room for. */
  add(event: string): Dropped | null {
    const bytes = Buffer.byteLength(event);
    const dropped = this.fillingBytes + bytes > this.limits.maxBytes ? this.seal() : null;
    this.filling.push(event);
    this.fillingBytes += bytes;
    return this.filling.length >= this.limits.maxItems ? (this.seal() ?? dropped) : dropped;
  }

  /** The batch that fills is due; null, or the batch, for which there was no room. */
  seal(): Dropped | null {
    if (this.filling.length === 0) return null;
    const batch = this.filling;
    const dropped = { records: batch.length, bytes: this.fillingBytes };
    this.filling = [];
    this.fillingBytes = 0;
    if (this.waiting.length >= WAITING_MAX) return dropped;
    this.waiting.push(batch);
    return null;
  }

  get isFilling(): boolean {
    return this.filling.length > 0;
  }

  /** The batch to be sent next; it stays until it is done with. */
  get next(): readonly string[] | null {
    return this.waiting[0] ?? null;
  }

  /** The next batch was delivered, or is given up. */
  done(): Dropped {
    const batch = this.waiting.shift() ?? [];
    return {
      records: batch.length,
      bytes: batch.reduce((sum, event) => sum + Buffer.byteLength(event), 0),
    };
  }
}
