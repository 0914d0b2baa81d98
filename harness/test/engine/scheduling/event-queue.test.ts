import { expect } from "chai";
import {
  type EventOutcome,
  EVENT_QUEUE_DEFAULTS,
  EventQueue,
  type EventQueueSettings,
} from "../../../src/engine/scheduling/event-queue.ts";
import type { InvokeResult } from "../../../src/engine/fleet-contract.ts";
import type { Clock } from "../../../src/run/ports/clock.ts";
import { type DurationMs, epochMs, monotonicMs } from "../../../src/base/time.ts";
import { answered } from "../support/fake-fleet.ts";

/** A clock whose sleeps end immediately and are recorded. */
function leapingClock(): Clock & { readonly slept: number[] } {
  let now = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => epochMs(now),
    monotonic: () => monotonicMs(now),
    sleep: (length: DurationMs) => {
      slept.push(length);
      now += length;
      return Promise.resolve();
    },
  };
}

const FAILED = answered({}, { functionError: "Unhandled" });
const THROTTLED: InvokeResult = { kind: "throttled", reason: "ConcurrentInvocationLimitExceeded" };

/** Queues one event, whose attempts have the given results. Returns how it ended, the number of attempts and the waits between them in ms. */
async function endOfEvent(
  results: (attempt: number) => InvokeResult,
  settings: Partial<EventQueueSettings> = {},
): Promise<{ readonly outcome: EventOutcome; readonly attempts: number; readonly slept: number[] }> {
  const clock = leapingClock();
  let attempt = 0;
  return await new Promise((resolve) => {
    const queue = new EventQueue({
      fleet: { invoke: () => Promise.resolve(results(attempt++)) },
      clock,
      settings: { ...EVENT_QUEUE_DEFAULTS, ...settings },
      reservedConcurrency: () => null,
      done: (_event, outcome, attempts) => resolve({ outcome, attempts, slept: clock.slept }),
    });
    queue.add({
      functionName: "f",
      version: "$LATEST",
      qualifier: "$LATEST",
      request: {
        requestId: "r",
        payload: Buffer.from("{}"),
        invokedFunctionArn: "",
        traceId: "",
        clientContext: null,
      },
    });
  });
}

describe("engine: the queue of events", () => {
  it("after function errors, waits one minute and then two minutes, and gives up after three attempts", async () => {
    expect(await endOfEvent(() => FAILED)).to.deep.equal({
      outcome: "RetriesExhausted",
      attempts: 3,
      slept: [60_000, 120_000],
    });
  });

  it("waits from one second up to five minutes between attempts while the function is throttled", async () => {
    const { outcome, slept } = await endOfEvent((attempt) => (attempt < 11 ? THROTTLED : answered(null)));
    expect([outcome, slept]).to.deep.equal([
      "Success",
      [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000],
    ]);
  });

  it("gives up if the event would be older than its maximum age at the next attempt", async () => {
    const { outcome, slept } = await endOfEvent(() => THROTTLED, { maximumEventAge: 10_000 as DurationMs });
    expect([outcome, slept]).to.deep.equal(["EventAgeExceeded", [1_000, 2_000, 4_000]]);
  });

  it("multiplies its waits and the maximum age by the time scale", async () => {
    const { outcome, slept } = await endOfEvent(() => THROTTLED, {
      timeScale: 0.01,
      maximumEventAge: 10_000 as DurationMs,
    });
    expect([outcome, slept]).to.deep.equal(["EventAgeExceeded", [10, 20, 40]]);
  });

  it("runs at most ten attempts at a time, and loses no event", async () => {
    let running = 0;
    let most = 0;
    let ended = 0;
    await new Promise<void>((resolve) => {
      const queue = new EventQueue({
        fleet: {
          invoke: async () => {
            running += 1;
            most = Math.max(most, running);
            await new Promise((next) => setImmediate(next));
            running -= 1;
            return answered(null);
          },
        },
        clock: leapingClock(),
        settings: EVENT_QUEUE_DEFAULTS,
        reservedConcurrency: () => null,
        done: () => {
          ended += 1;
          if (ended === 100) resolve();
        },
      });
      for (let index = 0; index < 100; index += 1) {
        queue.add({
          functionName: "f",
          version: "$LATEST",
          qualifier: "$LATEST",
          request: {
            requestId: String(index),
            payload: Buffer.from("{}"),
            invokedFunctionArn: "",
            traceId: "",
            clientContext: null,
          },
        });
      }
    });
    expect([most, ended]).to.deep.equal([10, 100]);
  });
});
