/** Builds one execution environment of the fixture (fixture-result.ts) step by step, and has a small random generator with a seed. */
import type { ConnectionResult, EnvironmentResult } from "../../src/result/environment-result.ts";

/** Returns a random whole number from 0 to `limit` - 1. The same seed gives the same numbers. */
export type Numbers = (limit: number) => number;

export function numbers(seed: number): Numbers {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

export function logStreamOf(random: Numbers): string {
  return `2026/11/25/[$LATEST]${Array.from({ length: 32 }, () => random(16).toString(16)).join("")}`;
}

/**
 * Returns an environment about which nothing is known. The tests of the reports add what they need. So if EnvironmentResult gets a new
 * member, the member needs a value only here.
 */
export function bareEnvironment(logStream: string): EnvironmentResult {
  return {
    id: logStream,
    logStream,
    version: null,
    initializationType: null,
    initStart: null,
    initEnd: null,
    initDurationMs: null,
    initStatus: null,
    initWithoutInvoke: null,
    initGapMs: null,
    initWaitedFor: null,
    invocations: 0,
    firstInvoke: null,
    lastInvoke: null,
    end: null,
    ending: null,
    boots: [],
    connections: [],
  };
}

interface Birth {
  readonly logStream: string;
  readonly start: number;
  readonly initLength: number;
  readonly iso: (offsetMs: number) => string;
}

export class LaneBuilder {
  readonly logStream: string;
  readonly initEnd: number;
  readonly #birth: Birth;
  readonly #connections: ConnectionResult[] = [];
  readonly #invokes: { readonly from: number; readonly to: number }[] = [];
  #open: { readonly from: number; readonly openedIn: "init" | "invoke" } | null = null;
  #end: number | null = null;
  #ending: EnvironmentResult["ending"] = null;
  #firstConnect: number | null = null;

  constructor(birth: Birth) {
    this.#birth = birth;
    this.logStream = birth.logStream;
    this.initEnd = birth.start + birth.initLength;
  }

  connect(at: number, openedIn: "init" | "invoke"): void {
    this.#open = { from: at, openedIn };
    this.#firstConnect ??= at;
  }

  disconnect(at: number): void {
    if (this.#open === null) return;
    const { from, openedIn } = this.#open;
    this.#connections.push({
      from: this.#birth.iso(from),
      to: this.#birth.iso(at),
      openedIn,
      outcome: "accepted",
      ending: "fin",
    });
    this.#open = null;
  }

  refuse(at: number, openedIn: "init" | "invoke"): void {
    this.#connections.push({
      from: this.#birth.iso(at),
      to: this.#birth.iso(at + 1),
      openedIn,
      outcome: "refused",
      ending: "fin",
    });
  }

  invoke(from: number, to: number): void {
    this.#invokes.push({ from, to });
  }

  end(at: number, ending: EnvironmentResult["ending"]): void {
    this.disconnect(at - 3);
    this.#end = at;
    this.#ending = ending;
  }

  connected(): boolean {
    return this.#open !== null;
  }

  everConnected(): boolean {
    return this.#firstConnect !== null;
  }

  heldSince(): string {
    return this.#birth.iso(this.#firstConnect ?? this.initEnd);
  }

  lastInstant(): number {
    return this.#end ?? this.#invokes.at(-1)?.to ?? this.initEnd;
  }

  result(): EnvironmentResult {
    const { iso, start, initLength } = this.#birth;
    const [first, last] = [this.#invokes[0], this.#invokes.at(-1)];
    return {
      ...bareEnvironment(this.logStream),
      version: "$LATEST",
      initializationType: "on-demand",
      initStart: iso(start),
      initEnd: iso(this.initEnd),
      initDurationMs: initLength - 0.6,
      initStatus: "success",
      initWithoutInvoke: this.#invokes.length === 0,
      initGapMs: first === undefined ? null : Math.max(0, first.from - this.initEnd),
      initWaitedFor: first === undefined ? null : first.from - this.initEnd <= 100,
      invocations: this.#invokes.length,
      firstInvoke: first === undefined ? null : iso(first.from),
      lastInvoke: last === undefined ? null : iso(last.from),
      end: this.#end === null ? null : iso(this.#end),
      ending: this.#ending,
      boots: [
        {
          bootId: `boot-${this.logStream.slice(-8)}`,
          from: iso(start),
          to: this.#end === null ? null : iso(this.#end),
          reset: null,
        },
      ],
      connections: this.#connections,
    };
  }
}
