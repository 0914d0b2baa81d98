/**
 * Draws the story of a seed (chooses it at random), run by run. Only the seed decides: a longer story begins with the same runs as a
 * shorter story of that seed.
 */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import {
  CUTS,
  MISCHIEF,
  type Action,
  type FunctionDesign,
  type Mischief,
  type Moment,
  type Run,
  type Session,
  type Step,
  type Victim,
  type Wire,
} from "./story.ts";

/** A plan's seed is a whole number below this bound. */
const PLAN_SEEDS = 1_000_000;
const CLOCK_STEPS_MS = [-3_600_000, -30_000, -5_000, -2_000, -1_200, 1_200, 2_000, 5_000, 30_000, 3_600_000];

export function* drawStory(seed: number): Generator<Run> {
  const random = xoroshiro128plus(seed);
  const mischief = new RunDraw(xoroshiro128plus(seed + 1));
  for (let number = 1; ; number += 1)
    yield { ...new RunDraw(random).run(number), mischief: mischief.mischief(number) };
}

class RunDraw {
  readonly #random: RandomGenerator;

  constructor(random: RandomGenerator) {
    this.#random = random;
  }

  /** The functions of every second run misbehave in one or two ways. */
  mischief(number: number): readonly Mischief[] {
    const first = this.#int(0, MISCHIEF.length - 1);
    const count = this.#int(1, 2);
    return number % 2 === 0
      ? []
      : MISCHIEF.filter((_, index) => (index - first + MISCHIEF.length) % MISCHIEF.length < count);
  }

  run(number: number): Omit<Run, "mischief"> {
    return this.#chance(3) ? this.#gentle(number) : this.#harsh(number);
  }

  #harsh(number: number): Omit<Run, "mischief"> {
    const engine = this.#chance(2) ? "own" : "attached";
    const functions: readonly FunctionDesign[] =
      engine === "own"
        ? ["init-connect", "handler-connect"]
        : [this.#one(["init-connect", "handler-connect"])];
    const endings = this.#int(2, 3);
    const sessions = Array.from({ length: endings }, (_, index) =>
      this.#session(engine, index === endings - 1),
    );
    return {
      number,
      engine,
      functions,
      platform: this.#one(["hostile", "ahead", "ahead"]),
      seed: this.#int(0, PLAN_SEEDS - 1),
      sessions: [...sessions, { streams: "open", steps: [] }],
      gentle: false,
    };
  }

  /**
   * Draws a run whose evidence stays whole. An attached engine (not started by the soak) outlives the soaks that are killed. An own engine
   * ends with its soak, so a soak with an own engine is killed only after its last invocation.
   */
  #gentle(number: number): Omit<Run, "mischief"> {
    const engine = this.#chance(3) ? "own" : "attached";
    const endings = engine === "own" ? 1 : this.#int(1, 2);
    const sessions = Array.from({ length: endings }, (): Session => {
      const steps = Array.from({ length: this.#int(1, 3) }, () => ({
        at: this.#inDrive(),
        action: this.#gentleAction(engine),
      }));
      const end: Step =
        engine === "own"
          ? { at: { event: "run-ended", count: 1 }, action: this.#kill(this.#one(["soak", "judge"])) }
          : { at: this.#inDrive(), action: this.#kill("soak") };
      return { streams: this.#chance(4) ? "closed" : "open", steps: [...steps, end] };
    });
    return {
      number,
      engine,
      functions: engine === "own" ? ["init-connect", "handler-connect"] : ["handler-connect"],
      platform: "ahead",
      seed: this.#int(0, PLAN_SEEDS - 1),
      sessions: [...sessions, { streams: "open", steps: [] }],
      gentle: true,
    };
  }

  #gentleAction(engine: Run["engine"]): Action {
    const actions: readonly (() => Action)[] = [
      () => this.#kill("judge"),
      () => ({ kind: "unread", of: engine === "own" ? "soak" : this.#one(["soak", "engine"]) }),
      ...(engine === "own" ? [] : [() => this.#slow(), () => this.#slow()]),
    ];
    return this.#one(actions)();
  }

  /**
   * Draws a session. With the probability 1/6 it has only an early kill that ends the soak. Otherwise it has one to three disturbances,
   * followed by an action that ends the soak. In the `last` of these sessions, that action may come after the last invocation. Then it may
   * also kill only the judging process, which does not end the soak.
   */
  #session(engine: Run["engine"], last: boolean): Session {
    const streams = this.#chance(8) ? "closed" : "open";
    if (this.#chance(6))
      return { streams, steps: [{ at: this.#early(), action: this.#kill(this.#fatal(engine)) }] };
    const steps: Step[] = Array.from({ length: this.#int(1, 3) }, () => ({
      at: this.#inDrive(),
      action: this.#disturbance(engine),
    }));
    const late = last && this.#chance(2);
    const end: Step = late
      ? { at: this.#late(), action: this.#kill(this.#one(["soak", "soak", "judge"])) }
      : { at: this.#inDrive(), action: this.#end(engine) };
    return { streams, steps: [...steps, end] };
  }

  #end(engine: Run["engine"]): Action {
    return this.#chance(6) ? { kind: "fill", disk: "run" } : this.#kill(this.#fatal(engine));
  }

  /** Chooses a process whose end ends the soak. The end of an attached engine does not end the soak. */
  #fatal(engine: Run["engine"]): Victim {
    return engine === "own" ? this.#one(["soak", "soak", "engine"]) : "soak";
  }

  #disturbance(engine: Run["engine"]): Action {
    const victims: readonly Victim[] =
      engine === "own" ? ["function", "function", "judge"] : ["function", "judge", "engine", "peer", "peer"];
    if (!this.#chance(3)) return this.#kill(this.#one(victims));
    const others: readonly (() => Action)[] = [
      () => ({ kind: "clock", byMs: this.#one(CLOCK_STEPS_MS) }),
      () => ({ kind: "unread", of: engine === "own" ? "soak" : this.#one(["soak", "engine", "peer"]) }),
      () => ({ kind: "fill", disk: "temporary" }),
      ...(engine === "own"
        ? []
        : [() => this.#cut(), () => this.#slow(), () => this.#cut(), () => this.#slow()]),
    ];
    return this.#one(others)();
  }

  #kill(victim: Victim): Action {
    const comesBack = victim === "engine" || victim === "peer";
    return { kind: "kill", victim, which: this.#int(0, 9), downFor: comesBack ? this.#int(0, 4) : 0 };
  }

  #cut(): Action {
    return { kind: "cut", wire: this.#wire(), how: this.#one(CUTS), lasting: this.#int(0, 4) };
  }

  /**
   * A delay is shorter than 1 s, even in both directions together, because a function waits 1 s for the peer to close the connection. A longer
   * delay would make handler-connect fail, which would not be an error of longrun.
   */
  #slow(): Action {
    return { kind: "slow", wire: this.#wire(), byMs: this.#int(20, 250), lasting: this.#int(1, 6) };
  }

  #wire(): Wire {
    return this.#one(["soak to engine", "links to peer"]);
  }

  #early(): Moment {
    return this.#chance(2)
      ? { event: "start", afterMs: this.#int(0, 900) }
      : { event: this.#one(["run-started", "function-ready", "drive-started", "invocation-sent"]), count: 1 };
  }

  #inDrive(): Moment {
    return { event: this.#one(["invocation-sent", "invocation-ended"]), count: this.#int(2, 6) };
  }

  #late(): Moment {
    return {
      event: this.#one(["stop-requested", "drive-ended", "logs-read", "logs-settled", "run-ended"]),
      count: 1,
    };
  }

  #int(least: number, most: number): number {
    return uniformInt(this.#random, least, most);
  }

  /** Draws true with the probability 1 / `times`. */
  #chance(times: number): boolean {
    return this.#int(1, times) === 1;
  }

  #one<T>(choices: readonly T[]): T {
    return choices[this.#int(0, choices.length - 1)] as T;
  }
}
