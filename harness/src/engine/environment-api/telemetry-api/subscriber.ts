/** Gathers the events of one subscription into batches and delivers them in order, only while the environment runs. */
import { EventBatches, type Dropped } from "./event-batches.ts";
import type { Delivery } from "./delivery.ts";
import type { Subscription } from "./subscription-request.ts";
import { telemetryJson, type TelemetryEvent } from "./telemetry-event.ts";

/** We chose these numbers: AWS says that it retries with back-off, but not how often. */
const RETRY_FIRST_MS = 50;
const ATTEMPTS_MAX = 6;

export interface SubscriberOptions {
  readonly subscription: Subscription;
  readonly delivery: Delivery;
  readonly monotonic: () => number;
  readonly dropped: (dropped: Dropped, reason: string) => void;
}

export class Subscriber {
  readonly #options: SubscriberOptions;
  readonly #batches: EventBatches;
  #running = true;
  #closed = false;
  #sending = false;
  #attempts = 0;
  #timer: NodeJS.Timeout | null = null;
  #retry: NodeJS.Timeout | null = null;
  #fillingSince = 0;

  constructor(options: SubscriberOptions) {
    this.#options = options;
    this.#batches = new EventBatches(options.subscription.buffering);
  }

  add(event: TelemetryEvent): void {
    const { types, schemaVersion } = this.#options.subscription;
    if (this.#closed || !types.includes(event.category)) return;
    const first = !this.#batches.isFilling;
    const dropped = this.#batches.add(telemetryJson(event, schemaVersion));
    if (first) this.#fillingSince = this.#options.monotonic();
    if (dropped !== null) this.#tooSlow(dropped);
    this.#arm();
    this.#deliver();
  }

  /** To be called when the environment is frozen, because then nothing reaches a process in it. */
  pause(): void {
    this.#running = false;
    this.#clearTimers();
  }

  resume(): void {
    this.#running = true;
    this.#arm();
    this.#deliver();
  }

  /** Ends the batch that is being filled, and sends it as soon as earlier batches are delivered. */
  flush(): void {
    const dropped = this.#batches.seal();
    if (dropped !== null) this.#tooSlow(dropped);
    this.#deliver();
  }

  close(): void {
    this.#closed = true;
    this.#clearTimers();
    this.#options.delivery.close();
  }

  #arm(): void {
    if (!this.#running || this.#timer !== null || !this.#batches.isFilling) return;
    const { timeoutMs } = this.#options.subscription.buffering;
    const due = this.#fillingSince + timeoutMs - this.#options.monotonic();
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        this.flush();
      },
      Math.max(0, due),
    );
  }

  #deliver(): void {
    const batch = this.#batches.next;
    if (batch === null || this.#sending || this.#closed || !this.#running || this.#retry !== null) return;
    this.#sending = true;
    this.#options.delivery.send(batch).then(
      () => this.#delivered(),
      () => this.#failed(),
    );
  }

  #delivered(): void {
    this.#sending = false;
    this.#attempts = 0;
    this.#batches.done();
    this.#deliver();
  }

  #failed(): void {
    this.#sending = false;
    if (this.#closed) return;
    this.#attempts += 1;
    if (this.#attempts < ATTEMPTS_MAX) {
      if (this.#running) this.#retryLater();
      return;
    }
    this.#attempts = 0;
    this.#options.dropped(
      this.#batches.done(),
      "Some logs were dropped: the subscriber could not be reached",
    );
    this.#deliver();
  }

  #retryLater(): void {
    this.#retry = setTimeout(
      () => {
        this.#retry = null;
        this.#deliver();
      },
      RETRY_FIRST_MS * 2 ** (this.#attempts - 1),
    );
  }

  #tooSlow(dropped: Dropped): void {
    this.#options.dropped(
      dropped,
      "Some logs were dropped: they are written faster than the subscriber receives them",
    );
  }

  #clearTimers(): void {
    for (const timer of [this.#timer, this.#retry]) if (timer !== null) clearTimeout(timer);
    this.#timer = null;
    this.#retry = null;
  }
}
