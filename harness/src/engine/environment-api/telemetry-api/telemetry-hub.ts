/** The Telemetry API of one environment. Events from before a subscription, and from between two boots, reach later subscribers. */
import type { EmittedEvent } from "../../environment-log/emitted-event.ts";
import { openDelivery } from "./delivery.ts";
import { Subscriber } from "./subscriber.ts";
import type { Subscription } from "./subscription-request.ts";
import { lineTelemetry, platformTelemetry, type TelemetryEvent } from "./telemetry-event.ts";

/** The limits of what is kept for extensions that have not subscribed yet. Events beyond these limits are not kept. */
const EARLY_EVENTS_MAX = 10_000;
const EARLY_BYTES_MAX = 1024 * 1024;

export interface TelemetryHubOptions {
  /** The address behind the name sandbox.localdomain in this environment. */
  readonly address: string;
  readonly jsonLogs: boolean;
  readonly monotonic: () => number;
  /** Writes an event to the environment's log, which passes it back to this hub. */
  readonly report: (event: EmittedEvent) => void;
}

export class TelemetryHub {
  readonly #options: TelemetryHubOptions;
  readonly #subscribers = new Map<string, Subscriber>();
  #early: TelemetryEvent[] = [];
  #earlyBytes = 0;
  #open = true;

  constructor(options: TelemetryHubOptions) {
    this.#options = options;
  }

  platform(event: EmittedEvent, atMs: number): void {
    if (this.#isWanted()) this.#say(platformTelemetry(event, atMs), 200);
  }

  line(category: "function" | "extension", line: string, atMs: number): void {
    if (!this.#isWanted()) return;
    const mayBeJson = category === "function" && this.#options.jsonLogs;
    this.#say(lineTelemetry(category, line, atMs, mayBeJson), line.length);
  }

  /** Returns false if the Init phase of the boot is over. A second subscription of an extension replaces its first. */
  subscribe(extension: string, subscription: Subscription): boolean {
    if (!this.#open) return false;
    this.#subscribers.get(extension)?.close();
    const { address, monotonic, report } = this.#options;
    const subscriber = new Subscriber({
      subscription,
      delivery: openDelivery(subscription.destination, address),
      monotonic,
      dropped: ({ records, bytes }, reason) =>
        report({ type: "logsDropped", droppedRecords: records, droppedBytes: bytes, reason }),
    });
    for (const event of this.#early) subscriber.add(event);
    this.#subscribers.set(extension, subscriber);
    const { types } = subscription;
    report({ type: "telemetrySubscription", name: extension, state: "Subscribed", types });
    return true;
  }

  closeSubscription(): void {
    this.#open = false;
    this.#forgetEarly();
  }

  pause(): void {
    for (const subscriber of this.#subscribers.values()) subscriber.pause();
  }

  resume(): void {
    for (const subscriber of this.#subscribers.values()) subscriber.resume();
  }

  flush(): void {
    for (const subscriber of this.#subscribers.values()) subscriber.flush();
  }

  endBoot(): void {
    for (const subscriber of this.#subscribers.values()) subscriber.close();
    this.#subscribers.clear();
    this.#forgetEarly();
    this.#open = true;
  }

  #isWanted(): boolean {
    return this.#open || this.#subscribers.size > 0;
  }

  #say(event: TelemetryEvent, bytes: number): void {
    if (this.#open && this.#early.length < EARLY_EVENTS_MAX && this.#earlyBytes + bytes <= EARLY_BYTES_MAX) {
      this.#early.push(event);
      this.#earlyBytes += bytes;
    }
    for (const subscriber of this.#subscribers.values()) subscriber.add(event);
  }

  #forgetEarly(): void {
    this.#early = [];
    this.#earlyBytes = 0;
  }
}
