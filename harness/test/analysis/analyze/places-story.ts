/**
 * Random stories (scripts of runs) with a peer that has one or more places. The player of a story knows which invocations are really
 * harmed. When the peer refuses an attempt, the player sees whether an idle environment, or an earlier process of the same environment,
 * holds a place.
 */
import fc from "fast-check";
import type { Evidence } from "../../../src/record/evidence.ts";
import { TestRun, type TestCall, type TestEnvironment } from "./story.ts";
import type { TestConnection } from "./test-peer.ts";

/**
 * What the handler does with its connection. `close` closes it. `keep` uses it again in later invocations. `leak` opens one more in each
 * invocation, `two` opens two more, and both close none. `swallow` closes it, and does not throw when the peer refuses it.
 */
const HANDLERS = ["close", "close", "keep", "leak", "two", "swallow"] as const;
type Handler = (typeof HANDLERS)[number];

type Step =
  /** Initialise an environment for which no invocation waits. */
  | { readonly step: "ahead"; readonly connects: boolean }
  /** Begin an invocation, in an idle environment or in a new one. The steps up to `end` happen while it runs. */
  | { readonly step: "begin"; readonly where: number; readonly handler: Handler }
  | { readonly step: "end" }
  | { readonly step: "retire"; readonly where: number; readonly ending: "fin" | "rst" | "silence" }
  | { readonly step: "stranger" }
  | { readonly step: "stranger-leaves" }
  | { readonly step: "wait" };

export interface PlacesStory {
  readonly capacity: number;
  /** The largest number of invocations that run at one time. If it is larger than the number of places, the peer can run out of places. */
  readonly inFlight: number;
  readonly target: "local" | "aws" | "logs";
  readonly admission: "refuse" | "backlog";
  readonly steps: readonly Step[];
}

const where = fc.nat({ max: 6 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ step: fc.constant("ahead" as const), connects: fc.boolean() }) },
  {
    weight: 10,
    arbitrary: fc.record({
      step: fc.constant("begin" as const),
      where,
      handler: fc.constantFrom(...HANDLERS),
    }),
  },
  { weight: 8, arbitrary: fc.constant<Step>({ step: "end" }) },
  {
    weight: 2,
    arbitrary: fc.record({
      step: fc.constant("retire" as const),
      where,
      ending: fc.constantFrom("fin", "fin", "rst", "silence" as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ step: "stranger" }) },
  { weight: 1, arbitrary: fc.constant<Step>({ step: "stranger-leaves" }) },
  { weight: 3, arbitrary: fc.constant<Step>({ step: "wait" }) },
);

/**
 * If the peer has one place, at least two invocations can run at one time. With only one invocation at a time, the rules for one place
 * would apply, and not the rules for several places, which are tested here.
 */
const numbers = fc
  .record({ capacity: fc.integer({ min: 1, max: 5 }), more: fc.constantFrom(0, 0, 1, 2) })
  .map(({ capacity, more }) => ({
    capacity,
    inFlight: capacity + (capacity === 1 ? Math.max(1, more) : more),
  }));

const events = fc.record({
  target: fc.constantFrom("local", "local", "aws", "logs" as const),
  admission: fc.constantFrom("refuse", "refuse", "backlog" as const),
  steps: fc.array(step, { minLength: 6, maxLength: 40 }),
});

export const placesStory: fc.Arbitrary<PlacesStory> = fc
  .tuple(numbers, events)
  .map(([howMany, what]) => ({ ...howMany, ...what }));

interface Played {
  readonly evidence: Evidence;
  /** The request ids of the invocations that were harmed. */
  readonly harmed: ReadonlySet<string>;
}

export function playPlaces({ capacity, inFlight, target, admission, steps }: PlacesStory): Played {
  const run = new TestRun({ capacity, target, admission, reservedConcurrency: inFlight });
  const player = new Player(run, steps, inFlight);
  player.play(null);
  return { evidence: run.end(), harmed: player.harmed };
}

class Player {
  readonly harmed = new Set<string>();
  readonly #run: TestRun;
  readonly #steps: readonly Step[];
  readonly #inFlight: number;
  #next = 0;
  readonly #alive: TestEnvironment[] = [];
  readonly #atWork = new Set<TestEnvironment>();
  readonly #strangers: TestConnection[] = [];

  constructor(run: TestRun, steps: readonly Step[], inFlight: number) {
    this.#run = run;
    this.#steps = steps;
    this.#inFlight = inFlight;
  }

  /** Plays the steps up to the end of the given invocation, or all steps if it is null. */
  play(running: TestCall | null): void {
    for (let one = this.#steps[this.#next]; one !== undefined; one = this.#steps[this.#next]) {
      this.#next += 1;
      if (one.step === "end" && running !== null) return;
      this.#act(one);
      this.#run.wait(7);
    }
  }

  #act(one: Step): void {
    const run = this.#run;
    switch (one.step) {
      case "ahead":
        this.#create(one.connects);
        run.wait(2_500);
        return;
      case "begin":
        if (this.#atWork.size < this.#inFlight) this.#invoke(one.where, one.handler);
        return;
      case "retire": {
        const gone = this.#idle()[one.where];
        if (gone === undefined) return;
        gone.retire(one.ending);
        this.#alive.splice(this.#alive.indexOf(gone), 1);
        return;
      }
      case "stranger":
        this.#strangers.push(run.arrive({ bootId: null, logStream: "night-batch", phase: null }, null));
        return;
      case "stranger-leaves": {
        const left = this.#strangers.pop();
        if (left !== undefined) run.leave(left);
        return;
      }
      case "wait":
        run.wait(4_000);
        return;
      case "end":
        return;
    }
  }

  #idle(): TestEnvironment[] {
    return this.#alive.filter((one) => !this.#atWork.has(one));
  }

  #create(connects: boolean): TestEnvironment {
    const environment = this.#run.environment();
    environment.init(() => {
      if (connects) environment.connect();
    });
    this.#alive.push(environment);
    return environment;
  }

  #invoke(where: number, handler: Handler): void {
    // A new environment is invoked immediately, because the invocation waited for its Init.
    const environment = this.#idle()[where] ?? this.#create(false);
    this.#atWork.add(environment);
    const call = this.#run.invoke(environment, (running) => {
      this.#handle(running, handler);
      this.play(running);
      if (handler === "close" || handler === "swallow") environment.disconnect();
      this.#run.wait(3);
    });
    void call;
    this.#atWork.delete(environment);
  }

  #handle(call: TestCall, handler: Handler): void {
    const { environment } = call;
    const had = environment.connection !== null;
    const attempts = handler === "two" ? 2 : handler === "keep" && had ? 0 : 1;
    for (let index = 0; index < attempts; index += 1) {
      const held = this.#heldByIdle(environment);
      const outcome = environment.connect();
      if (outcome === "accepted") continue;
      const failed = handler !== "swallow";
      if (failed) call.throws("PeerBusyError");
      // If an invocation had a connection already, the refusal of a second one is harm only if the invocation failed.
      if (held && (failed || (index === 0 && !had))) this.harmed.add(call.requestId);
      return;
    }
    call.exchange();
  }

  /** Returns whether an idle environment, or an earlier process of the asking environment, holds a place now. */
  #heldByIdle(asking: TestEnvironment): boolean {
    return this.#run.holders.some(({ link }) => {
      if (link === null) return false;
      const holder = this.#run.environments.find(({ id }) => id === link.environment);
      if (holder === undefined) return false;
      return holder === asking ? link.boot < asking.boot : !this.#atWork.has(holder);
    });
  }
}
