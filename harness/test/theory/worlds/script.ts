/** What the clients of a small world do, with exact times, and the server that they meet. What the server does is left open. */
import {
  STRANGER,
  type ConnectionFacts,
  type Facts,
  type InvocationFacts,
  type ProcessFacts,
} from "../../../src/theory/facts/facts.ts";
import { NEVER, seenAt, type EventSighting } from "../../../src/theory/facts/sighting.ts";
import type { Hypothesis } from "../../../src/theory/model/hypothesis.ts";
import type { Manner, Server } from "../../../src/theory/model/server.ts";
import type { Random } from "./random.ts";

/** The event may happen at any time, and is recorded when it does. */
const OPEN: EventSighting = { seen: false, from: 0, to: 1_000 };
const perhapsAt = (tick: number): EventSighting => ({ seen: false, from: tick, to: tick });

/** Most worlds are small, because most disagreements show in small worlds, and the oracle needs the time of all histories. */
const SIZES = [
  { share: 0.7, end: [8, 16], connections: 3, environments: [1, 2, 2] },
  { share: 0.9, end: [10, 24], connections: 4, environments: [1, 2, 3] },
  { share: 1, end: [12, 40], connections: 6, environments: [2, 3, 3] },
] as const;

export function drawManner(random: Random): Manner {
  const full = random.oneOf([
    "closes",
    "closes",
    "says-no",
    "says-no",
    "evicts-oldest",
    "evicts-any",
    "evicts-same-name",
  ] as const);
  const queue = full.startsWith("evicts") ? 0 : random.oneOf([0, 0, 1, Infinity]);
  return {
    stage: random.oneOf(["connect", "accept", "accept", "speech"]),
    queue,
    full,
    ordered: random.chance(0.8),
    greets: random.chance(0.4),
    counted: queue === 0 && full === "says-no" && random.chance(0.4),
    endsClients: random.chance(0.2),
  };
}

export function drawServer(random: Random): Server {
  return {
    scopes: random.chance(0.15) ? [2, 1] : [random.oneOf([1, 1, 1, 2])],
    manner: drawManner(random),
    lags: {
      ...{ looks: random.between(0, 1), takes: random.between(0, 1), closes: random.between(0, 2) },
      ...{ speaks: random.between(0, 1), frees: random.between(0, 3), serves: random.between(2, 6) },
    },
  };
}

type Habit = "init" | "each" | "kept" | "two" | "none";

class Script {
  readonly processes: ProcessFacts[] = [];
  readonly invocations: InvocationFacts[] = [];
  readonly connections: ConnectionFacts[] = [];
  readonly #random: Random;
  readonly #server: Server;
  readonly #end: number;
  readonly #most: number;

  constructor(random: Random, server: Server, end: number, most: number) {
    this.#most = most;
    this.#random = random;
    this.#server = server;
    this.#end = end;
  }

  connect(owner: string, asked: number, ended: number | null, uses: readonly number[]): void {
    const random = this.#random;
    if (this.connections.length >= this.#most || asked > this.#end) return;
    const speaks = asked + random.between(0, 2);
    this.connections.push({
      id: `c${this.connections.length}`,
      owners: [owner],
      name: random.chance(0.7) ? random.oneOf(["a", "a", "b"]) : null,
      scopes: this.#server.scopes.length > 1 && random.chance(0.7) ? [0, 1] : [0],
      asked: seenAt(asked),
      spoke:
        random.chance(0.8) && (ended === null || speaks <= ended) && speaks <= this.#end
          ? seenAt(speaks)
          : NEVER,
      ...{
        queued: OPEN,
        placed: OPEN,
        turnedAway: OPEN,
        evicted: OPEN,
        firstByte: OPEN,
        serverClosed: OPEN,
        freed: OPEN,
      },
      ended: ended === null || ended > this.#end ? NEVER : seenAt(ended),
      used: uses.filter((use) => use <= this.#end && (ended === null || use <= ended)).map(perhapsAt),
      usesComplete: true,
    });
  }

  /** One boot, and what its code does. Returns when it ended; null: it lives on. */
  boot(environment: string, boot: number, began: number, habit: Habit): number | null {
    const random = this.#random;
    const id = `${environment}.${boot}`;
    const initEnded = began + random.between(0, 2);
    const ended = random.chance(0.3) ? random.between(initEnded, this.#end) : null;
    const silent = ended !== null && random.chance(0.3);
    const last = ended ?? this.#end;
    const gone = (tick: number | null): number | null =>
      ended === null || (tick !== null && tick <= ended) ? tick : silent ? null : ended;
    const runs: [number, number][] = [];
    for (let tick = initEnded + random.between(0, 5); runs.length < random.between(0, 3);) {
      const until = tick + random.between(0, 4);
      if (until > last) break;
      runs.push([tick, until]);
      tick = until + random.between(0, 6);
    }
    this.processes.push({
      ...{ id, environment, boot, began: seenAt(began), initEnded: seenAt(initEnded) },
      ended: ended === null ? NEVER : seenAt(ended),
      ...{ endedSilently: silent, attemptsComplete: true },
    });
    const uses = runs.filter(() => random.chance(0.7)).map(([, until]) => until);
    if (habit === "init")
      this.connect(id, random.between(began, initEnded), gone(random.chance(0.2) ? initEnded : null), uses);
    runs.forEach(([from, until], run) => {
      const name = `${id}:${run}`;
      this.invocations.push({
        id: name,
        process: id,
        began: seenAt(from),
        ended: seenAt(until),
        failed: random.chance(0.5),
      });
      const asks = random.between(from, until);
      if (habit === "each") {
        const closes = random.chance(0.8) ? random.between(asks, until) : asks + random.between(1, 3);
        this.connect(id, asks, gone(closes), [until]);
        if (random.chance(0.25)) this.connect(id, random.between(asks, until), gone(until), [until]);
      } else if (habit === "kept" && run === 0) this.connect(id, asks, gone(null), uses);
      else if (habit === "two" && run < 2)
        this.connect(id, asks, gone(random.chance(0.3) ? until : null), uses.slice(run));
      else if (habit === "init" && random.chance(0.15)) this.connect(id, asks, gone(until), [until]);
    });
    return ended;
  }
}

export function drawScript(random: Random): Hypothesis {
  const server = drawServer(random);
  const which = random.between(1, 100) / 100;
  const size = SIZES.find(({ share }) => which <= share)!;
  const end = random.between(size.end[0], size.end[1]);
  const script = new Script(random, server, end, size.connections);
  const habit = random.oneOf(["init", "init", "each", "each", "kept", "two"] as const);
  const environments = random.oneOf(size.environments);
  for (let e = 1; e <= environments; e += 1) {
    let began = random.between(0, Math.floor(end / 2));
    for (let boot = 1; boot <= 2; boot += 1) {
      const ended = script.boot(
        `E${e}`,
        boot,
        began,
        random.chance(0.85) ? habit : random.oneOf(["init", "each", "none"]),
      );
      if (ended === null || ended + 4 > end || random.chance(0.5)) break;
      began = ended + random.between(0, 3);
    }
  }
  if (random.chance(0.2)) {
    const asked = random.between(0, end - 2);
    script.connect(STRANGER, asked, random.chance(0.7) ? asked + random.between(1, 8) : null, []);
  }
  const facts: Facts = {
    ...{ processes: script.processes, invocations: script.invocations, connections: script.connections },
    ...{ hidden: [], concurrent: random.chance(0.3), begin: 0, end },
  };
  return { facts, server };
}
