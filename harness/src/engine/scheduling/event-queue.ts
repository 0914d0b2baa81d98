/**
 * The queue of asynchronous invocations (docs/aws/concurrency.md#asynchronous-invocations). After a throttle or a broken environment, an
 * event is tried again for hours, at growing intervals. After a function error it is tried again at most twice by default. Every attempt
 * has the same request ID. The queue is in memory only and bounded.
 */
import type { Clock } from "../../run/ports/clock.ts";
import { type DurationMs, type MonotonicMs, durationMs } from "../../base/time.ts";
import type { Fleet, InvokeRequest, InvokeResult } from "../fleet-contract.ts";

export interface EventQueueSettings {
  /** The factor of each wait in the queue. With 1 the queue waits as long as AWS; with 0.01 a minute becomes 600 ms. */
  readonly timeScale: number;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAge: DurationMs;
}

export const EVENT_QUEUE_DEFAULTS: EventQueueSettings = {
  timeScale: 1,
  maximumRetryAttempts: 2,
  maximumEventAge: durationMs(6 * 3_600_000),
};

/** The limits that a function sets for its own events. */
export type EventLimits = Pick<EventQueueSettings, "maximumRetryAttempts" | "maximumEventAge">;

export interface QueuedEvent {
  /** The key of the function in the fleet, the set of all environments. */
  readonly functionName: string;
  readonly version: string;
  /** The qualifier of the invocation: `$LATEST`, a version or an alias. */
  readonly qualifier: string;
  readonly request: InvokeRequest;
  /** The functions whose destinations led to this event, in the order of their invocations. Absent if a caller sent the event. */
  readonly chain?: readonly string[];
}

/** The answer of the runtime, or the platform's answer if the runtime gave none. */
export type EventAnswer = Extract<InvokeResult, { readonly kind: "answered" }>;

export type EventOutcome =
  "Success" | "RetriesExhausted" | "EventAgeExceeded" | "ZeroReservedConcurrency" | "Abandoned";

export interface EventQueueOptions {
  readonly fleet: Pick<Fleet, "invoke">;
  readonly clock: Clock;
  readonly settings: EventQueueSettings;
  /** Returns undefined if the function was deleted; its events are then abandoned. */
  readonly reservedConcurrency: (functionName: string) => number | null | undefined;
  /** The current event-invoke configuration; absent members take their value from `settings`. */
  readonly limits?: (event: QueuedEvent) => Partial<EventLimits>;
  /** Called when an event has left the queue. `answer` is the last answer; null if no attempt was answered. */
  readonly done?: (
    event: QueuedEvent,
    outcome: EventOutcome,
    attempts: number,
    answer: EventAnswer | null,
  ) => void;
}

const QUEUED_BYTES_MAX = 256 * 1_048_576;
const QUEUED_EVENTS_MAX = 100_000;
/**
 * At most this many attempts of one function run at the same time, because without reserved concurrency each attempt may start a process.
 */
const ATTEMPTS_MAX = 10;
const BACK_OFF_FIRST_MS = 1_000;
const BACK_OFF_MOST_MS = 300_000;
/** The waits after the first function error and after the second. */
const RETRY_MS = [60_000, 120_000] as const;

export class EventQueue {
  readonly #options: EventQueueOptions;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #attempting = new Map<string, { count: number; readonly waiting: (() => void)[] }>();
  #bytes = 0;

  constructor(options: EventQueueOptions) {
    this.#options = options;
  }

  /** Returns false if the queue is full: nothing is added, and the caller has to be throttled. */
  add(event: QueuedEvent): boolean {
    const bytes = event.request.payload.length;
    if (this.#bytes + bytes > QUEUED_BYTES_MAX || this.#running.size >= QUEUED_EVENTS_MAX) {
      return false;
    }
    this.#bytes += bytes;
    const life = this.#attemptUntilDone(event).finally(() => {
      this.#bytes -= bytes;
      this.#running.delete(life);
    });
    this.#running.add(life);
    return true;
  }

  /** Abandons the events that still wait. Running invocations end when the fleet is closed. */
  close(): void {
    this.#closing.abort();
    for (const { waiting } of this.#attempting.values()) for (const wake of waiting.splice(0)) wake();
  }

  async #attemptUntilDone(event: QueuedEvent): Promise<void> {
    const { clock, settings, done } = this.#options;
    const arrived = clock.monotonic();
    let attempts = 0;
    let functionErrors = 0;
    let backOff = BACK_OFF_FIRST_MS;
    let answer: EventAnswer | null = null;
    const end = (outcome: EventOutcome): void => done?.(event, outcome, attempts, answer);
    for (;;) {
      const reserved = this.#options.reservedConcurrency(event.functionName);
      if (this.#closing.signal.aborted || reserved === undefined) return end("Abandoned");
      if (reserved === 0) return end("ZeroReservedConcurrency");
      const result = await this.#attempt(event);
      if (result === null) return end("Abandoned");
      const limits = { ...settings, ...this.#options.limits?.(event) };
      let wait: number;
      if (result.kind === "answered") {
        attempts += 1;
        answer = result;
        if (result.functionError === null) return end("Success");
        if (functionErrors >= limits.maximumRetryAttempts) return end("RetriesExhausted");
        wait = RETRY_MS[Math.min(functionErrors, RETRY_MS.length - 1)] ?? BACK_OFF_MOST_MS;
        functionErrors += 1;
      } else {
        wait = backOff;
        backOff = Math.min(backOff * 2, BACK_OFF_MOST_MS);
      }
      if (this.#age(arrived) + wait > limits.maximumEventAge) return end("EventAgeExceeded");
      await clock.sleep(durationMs(wait * settings.timeScale), this.#closing.signal);
    }
  }

  /** Returns the measured age of an event, divided by `timeScale`: every wait is multiplied by this factor, but the limits are not. */
  #age(arrived: MonotonicMs): number {
    return (this.#options.clock.monotonic() - arrived) / this.#options.settings.timeScale;
  }

  async #attempt({
    functionName,
    version,
    request,
  }: QueuedEvent): Promise<Awaited<ReturnType<Fleet["invoke"]>> | null> {
    let turns = this.#attempting.get(functionName);
    if (turns === undefined) {
      turns = { count: 0, waiting: [] };
      this.#attempting.set(functionName, turns);
    }
    const { waiting } = turns;
    if (turns.count >= ATTEMPTS_MAX) await new Promise<void>((resolve) => waiting.push(resolve));
    else turns.count += 1;
    try {
      if (this.#closing.signal.aborted) return null;
      return await this.#options.fleet.invoke(functionName, version, request);
    } catch {
      // The function was deleted after its reserved concurrency was read.
      return null;
    } finally {
      const next = waiting.shift();
      if (next !== undefined) next();
      else turns.count -= 1;
      if (turns.count === 0) this.#attempting.delete(functionName);
    }
  }
}
