/**
 * A small true history, and what is left of it in the evidence. The server of the script is simulated with random choices. Then each source
 * prints what it saw: the platform's lines, the link's log, the server's log, the function's own lines. Then lines, sources and
 * completeness are dropped, times are made coarse, and the clock of the server's log is shifted.
 */
import {
  STRANGER,
  type ConnectionFacts,
  type Facts,
  type HiddenClients,
} from "../../../src/theory/facts/facts.ts";
import {
  both,
  NEVER,
  notUntil,
  seenAt,
  UNKNOWN,
  type EventSighting,
} from "../../../src/theory/facts/sighting.ts";
import type { Hypothesis } from "../../../src/theory/model/hypothesis.ts";
import { randomOf, type Random } from "./random.ts";
import { drawManner, drawScript } from "./script.ts";
import { KINDS, type Kind, type SimEvent, type SimState } from "./sim-state.ts";
import { SimKeys } from "./sim-keys.ts";
import { Simulation } from "./simulate.ts";

export interface World {
  readonly seed: number;
  readonly hypotheses: readonly Hypothesis[];
  /** The script, the server and the fates as they truly were. */
  readonly truth: Hypothesis;
  readonly fates: ReadonlyMap<string, string>;
}

interface TrueEvent extends SimEvent {
  readonly tick: number;
}

/** One history of the script, or null if the clients of the script can meet no such server. */
function drawHistory(
  random: Random,
  { facts, server }: Hypothesis,
): { events: TrueEvent[]; last: SimState } | null {
  const simulation = new Simulation(facts, server);
  const keys = new SimKeys(facts, server);
  const dead = new Set<string>();
  const events: TrueEvent[] = [];
  let steps = 0;
  const follow = (state: SimState): SimState | null => {
    if (simulation.isLast(state) && random.chance(0.5)) return state;
    const key = keys.key(state);
    if (dead.has(key) || (steps += 1) > 2_000) return null;
    const next = simulation
      .successors(state)
      .map((step) => ({ step, rank: random.below(100) + (step.event === null ? 60 : 0) }));
    next.sort((one, other) => one.rank - other.rank);
    for (const { step } of next) {
      if (step.event !== null) events.push({ ...step.event, tick: state.tick });
      const last = follow(step.state);
      if (last !== null) return last;
      if (step.event !== null) events.pop();
    }
    if (simulation.isLast(state)) return state;
    dead.add(key);
    return null;
  };
  const last = follow(simulation.first());
  return last === null ? null : { events, last };
}

interface Source {
  readonly kinds: readonly Kind[];
  readonly early: number;
  readonly late: number;
  /** Until when it has every line; -1: lines are missing, so an absence says nothing. */
  readonly completeUntil: number;
  readonly dropped: number;
}

function drawSource(random: Random, kinds: readonly Kind[], end: number): Source {
  const dropped = random.chance(0.3) ? 0.3 : 0;
  const early = random.chance(0.1) ? 1 : 0;
  const late = random.oneOf([0, 0, 0, 0, 0, 1, 1, 2]);
  const completeUntil =
    dropped > 0 || random.chance(0.15) ? -1 : random.chance(0.85) ? end : random.between(0, end);
  return { kinds, early, late, completeUntil, dropped };
}

/** The sighting that a line at `tick` gives (null: the event did not happen). */
function sightingOf(random: Random, source: Source, tick: number | null): EventSighting {
  if (
    tick !== null &&
    tick <= (source.completeUntil < 0 ? Infinity : source.completeUntil) &&
    !random.chance(source.dropped)
  ) {
    // The line was written at `tick` plus a delay; only the bounds of the delay are known.
    const written = tick + random.between(-source.early, source.late);
    return seenAt(written - source.late, written + source.early);
  }
  if (source.completeUntil < 0) return UNKNOWN;
  return source.completeUntil >= 1_000 ? NEVER : notUntil(source.completeUntil);
}

const shifted = (sighting: EventSighting, by: number): EventSighting => ({
  ...sighting,
  from: sighting.from + by,
  to: sighting.to + by,
});

export function drawWorld(seed: number): World | null {
  const random = randomOf(seed);
  let truth = drawScript(random);
  for (let tries = 0; truth.facts.connections.length < 2 && tries < 3; tries += 1) truth = drawScript(random);
  const history = drawHistory(random, truth);
  if (history === null) return null;
  const { facts } = truth;
  const { end } = facts;
  const link = random.chance(0.75)
    ? drawSource(random, ["asked", "spoke", "firstByte", "serverClosed", "ended"], end)
    : null;
  const peer = random.chance(0.6)
    ? drawSource(random, ["queued", "placed", "turnedAway", "evicted", "freed"], end)
    : null;
  const own = random.chance(0.5) ? drawSource(random, ["asked", "placed", "ended"], end) : null;
  const peerShift = peer !== null && random.chance(0.15) ? random.between(-1, 1) : null;
  const lost =
    facts.connections.length > 1 && random.chance(0.12) ? random.below(facts.connections.length) : -1;

  const ticksOf = (index: number): ReadonlyMap<string, number> =>
    new Map(
      history.events.flatMap((e) => [
        ...(e.of === "connection" && e.index === index ? ([[e.kind, e.tick]] as const) : []),
        ...(e.victim === index ? ([["evicted", e.tick]] as const) : []),
      ]),
    );
  const printed = facts.connections.map((c, index) => {
    const ticks = ticksOf(index);
    const isStranger = c.owners[0] === STRANGER;
    const tell = (source: Source | null, kind: Kind): EventSighting =>
      source === null || !source.kinds.includes(kind)
        ? UNKNOWN
        : sightingOf(random, source, ticks.get(kind) ?? null);
    const rows = KINDS.map((kind) => {
      const ownSide = isStranger ? UNKNOWN : both(tell(link, kind), tell(own, kind));
      return { kind, near: ownSide, far: tell(peer, kind) };
    });
    const uses = history.events.filter((e) => e.of === "use" && e.index === index).map((e) => seenAt(e.tick));
    const usesComplete = !isStranger && random.chance(0.8);
    const unnamed = !isStranger && link === null && random.chance(0.3);
    const others = [...facts.processes.map((p) => p.id), STRANGER].filter((owner) => owner !== c.owners[0]);
    const owners = unnamed ? [...c.owners, random.oneOf(others)] : c.owners;
    return {
      c: { ...c, owners },
      asked: ticks.get("asked")!,
      rows,
      used: usesComplete ? uses : uses.filter(() => random.chance(0.5)),
      usesComplete,
    };
  });

  const hidden: HiddenClients[] = [];
  const owner = lost < 0 ? null : facts.connections[lost]!.owners[0]!;
  if (owner !== null) {
    const environment = facts.processes.find((p) => p.id === owner)?.environment ?? STRANGER;
    hidden.push({
      owner: environment,
      scopes: facts.connections[lost]!.scopes,
      from: Math.max(0, printed[lost]!.asked - 1),
      to: end,
    });
  } else if (peer === null && random.chance(0.12))
    hidden.push({ owner: STRANGER, scopes: [0], from: random.between(0, end), to: end });

  const coarse = random.chance(0.1) ? 1 : 0;
  const near = (sighting: EventSighting): EventSighting =>
    sighting.seen
      ? seenAt(sighting.from - random.between(0, coarse), sighting.to + random.between(0, coarse))
      : sighting;
  const processes = facts.processes.map((p) => ({
    ...p,
    ended: random.chance(0.1) ? UNKNOWN : near(p.ended),
    endedSilently: random.chance(0.3) ? ("unknown" as const) : p.endedSilently,
    attemptsComplete:
      p.id !== owner &&
      !printed.some(({ c }) => c.owners.length > 1 && c.owners[0] === p.id && random.chance(0)),
  }));
  const invocations = facts.invocations.map((i) => ({
    ...i,
    began: near(i.began),
    ended: random.chance(0.06)
      ? { seen: true, from: i.began.from, to: Math.min(end, i.ended.to + 2) }
      : near(i.ended),
  }));
  const factsAt = (shift: number): Facts => ({
    ...facts,
    ...{ processes, invocations, hidden },
    connections: printed.flatMap(({ c, asked, rows, used, usesComplete }, index): ConnectionFacts[] => {
      if (index === lost) return [];
      const sightings = Object.fromEntries(
        rows.map(({ kind, near: close, far }) => [kind, both(close, shifted(far, shift))]),
      ) as Record<Kind, EventSighting>;
      const before = index % 2;
      // Somebody has seen the connection at all; if nobody has seen when it came, it came at about this time.
      const came = sightings.asked.seen
        ? sightings.asked
        : both(sightings.asked, seenAt(asked - before, asked + 1 - before));
      return [{ ...c, ...sightings, asked: came, used, usesComplete }];
    }),
  });
  const servers = [truth.server];
  if (random.chance(0.3)) servers.push({ ...truth.server, manner: drawManner(random) });
  if (random.chance(0.3))
    servers.push({ ...truth.server, scopes: truth.server.scopes.map((places) => 3 - places) });
  // The log of the server was written by a clock that is `peerShift` ahead.
  const shifts = peerShift === null ? [0] : [-1, 0, 1].map((tried) => peerShift - tried);
  const fates = new Map(facts.invocations.map((i, index) => [i.id, history.last.fates[index]!]));
  return {
    ...{ seed, truth, fates },
    hypotheses: shifts.flatMap((shift) => servers.map((server) => ({ facts: factsAt(shift), server }))),
  };
}
