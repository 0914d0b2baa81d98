/**
 * Simulates a server and its clients, tick by tick and event by event: the definitions of harness/src/theory as a program that is as plain
 * as possible. It shares only their types with the judge. Every time is explicit. `successors` gives every state that can follow: the
 * generator follows one of them at a time, the oracle follows all of them.
 */
import { STRANGER, type ConnectionFacts, type Facts } from "../../../src/theory/facts/facts.ts";
import { saysNothing, type EventSighting } from "../../../src/theory/facts/sighting.ts";
import type { Server } from "../../../src/theory/model/server.ts";

import {
  became,
  KINDS,
  moved,
  OUT,
  Steps,
  within,
  without,
  type Kind,
  type SimConnection,
  type SimEvent,
  type SimState,
  type SimStep,
} from "./sim-state.ts";

export class Simulation {
  readonly #facts: Facts;
  readonly #server: Server;
  readonly #idleNeeded: boolean;
  /** What a client says matters only to a server that waits for it. */
  readonly #kinds: readonly Kind[];

  constructor(facts: Facts, server: Server) {
    this.#facts = facts;
    this.#server = server;
    this.#kinds = KINDS.filter((kind) => kind !== "spoke" || server.manner.stage === "speech");
    this.#idleNeeded = facts.concurrent || Math.max(...server.scopes) > 1;
  }

  first(): SimState {
    const facts = this.#facts;
    return {
      tick: facts.begin,
      processes: facts.processes.map(() => ({ at: "none", running: -1, latest: -1 })),
      begun: facts.invocations.map(() => false),
      fates: facts.invocations.map(() => ""),
      connections: facts.connections.map(() => OUT),
      ...{ ready: [], waiting: [], placed: [], hidden: facts.hidden.map(() => 0), room: -1 },
    };
  }

  /** True if the evidence can end in this state: everything that was seen has happened. */
  isLast(s: SimState): boolean {
    return s.tick === this.#facts.end && this.#missing(s).length === 0;
  }

  /** The sightings of everything that was seen and has not happened. */
  #missing(s: SimState): EventSighting[] {
    const { processes, invocations, connections } = this.#facts;
    const rest: EventSighting[] = [];
    processes.forEach((p, index) => {
      const { at } = s.processes[index]!;
      if (at === "none" && p.began.seen) rest.push(p.began);
      if ((at === "none" || at === "init") && p.initEnded.seen) rest.push(p.initEnded);
      if (at !== "over" && p.ended.seen) rest.push(p.ended);
    });
    invocations.forEach((i, index) => {
      if (s.begun[index] === false && i.began.seen) rest.push(i.began);
      if (s.fates[index] === "" && i.ended.seen) rest.push(i.ended);
    });
    connections.forEach((c, index) => {
      const now = s.connections[index]!;
      for (const kind of this.#kinds) if (c[kind].seen && !now.happened.includes(kind)) rest.push(c[kind]);
      for (let use = now.uses; use < c.used.length; use += 1) if (c.used[use]!.seen) rest.push(c.used[use]!);
    });
    return rest;
  }

  successors(s: SimState): SimStep[] {
    const steps = new Steps((next) => this.#after(s, next));
    this.#processSteps(s, steps);
    this.#facts.connections.forEach((_, c) => this.#connectionSteps(s, c, steps));
    this.#hiddenSteps(s, steps);
    if (s.tick < this.#facts.end && this.#mayPass(s))
      steps.list.push({ state: { ...s, tick: s.tick + 1 }, event: null });
    return steps.list;
  }

  /** Whether nothing had to happen in this tick that has not happened. */
  #mayPass(s: SimState): boolean {
    const { manner, lags } = this.#server;
    const { tick } = s;
    if (this.#missing(s).some((sighting) => sighting.to <= tick)) return false;
    if (s.room >= 0 && tick - s.room >= lags.takes) return false;
    if (this.#facts.hidden.some((h, index) => s.hidden[index]! > 0 && h.to <= tick)) return false;
    return s.connections.every((c, index) => {
      const facts = this.#facts.connections[index]!;
      const looks = manner.stage === "connect" ? 0 : lags.looks;
      if (c.at === "new" && c.ready >= 0 && tick - c.ready >= looks) return false;
      if (c.at === "placed" && c.client === "ended" && tick - Math.max(c.placed, c.told) >= lags.frees)
        return false;
      if (c.client !== "live") return true;
      const silent = !c.happened.includes("firstByte") && !saysNothing(facts.firstByte);
      if (c.at === "placed" && manner.greets && silent && tick - c.placed >= lags.speaks) return false;
      if (c.at !== "shut") return true;
      if (this.#saysNo(c) && silent && tick - c.shut >= lags.speaks) return false;
      return (
        c.happened.includes("serverClosed") || saysNothing(facts.serverClosed) || tick - c.shut < lags.closes
      );
    });
  }

  #saysNo(c: SimConnection): boolean {
    return this.#server.manner.full === "says-no" && c.happened.includes("turnedAway");
  }

  #processSteps(s: SimState, steps: Steps): void {
    const { tick } = s;
    this.#facts.processes.forEach((p, index) => {
      const now = s.processes[index]!;
      if (now.at === "none" && within(p.began, tick))
        steps.add(moved(s, index, "init"), { of: "process", kind: "began", index });
      if (now.at === "init" && within(p.initEnded, tick))
        steps.add(moved(s, index, "up"), { of: "process", kind: "initEnded", index });
      const canEnd = now.at === "up" || (now.at === "init" && !p.initEnded.seen);
      if (!canEnd || now.running >= 0 || !within(p.ended, tick)) return;
      const own = s.connections.map((c) => c.owner === p.id && c.client === "live");
      const event: SimEvent = { of: "process", kind: "ended", index };
      if (p.endedSilently !== true && !own.includes(true)) steps.add(moved(s, index, "over"), event);
      if (p.endedSilently !== false) {
        const connections = s.connections.map((c, of) =>
          own[of] === true ? { ...c, client: "silent" as const } : c,
        );
        steps.add({ ...moved(s, index, "over"), connections }, event);
      }
    });
    this.#facts.invocations.forEach((i, index) => {
      const of = this.#facts.processes.findIndex((p) => p.id === i.process);
      const now = s.processes[of]!;
      const { environment } = this.#facts.processes[of]!;
      if (s.begun[index] === false && now.at === "up" && now.running < 0 && within(i.began, tick)) {
        const connections = s.connections.map((c) =>
          this.#idleNeeded && this.#isOpen(c) && !c.busy.includes(environment)
            ? { ...c, busy: [...c.busy, environment].sort() }
            : c,
        );
        const processes = s.processes.with(of, { ...now, running: index });
        steps.add(
          { ...s, processes, connections, begun: s.begun.with(index, true) },
          { of: "invocation", kind: "began", index },
        );
      }
      if (now.running !== index || !within(i.ended, tick)) return;
      const processes = s.processes.with(of, { ...now, running: -1 });
      for (const fate of this.#fatesOf(s, index, of)) {
        steps.add(
          { ...s, processes, fates: s.fates.with(index, fate) },
          { of: "invocation", kind: "ended", index },
        );
      }
    });
  }

  /** True while the attempt can still end in any way. */
  #isOpen(c: SimConnection): boolean {
    return (c.at === "new" || c.at === "waiting") && c.client === "live";
  }

  #connectionSteps(s: SimState, index: number, steps: Steps): void {
    const { manner, lags } = this.#server;
    const { tick } = s;
    const facts = this.#facts.connections[index]!;
    const c = s.connections[index]!;
    if (c.at === "out") {
      if (this.#can(c, facts, "asked", tick))
        for (const owner of facts.owners)
          steps.add(this.#asks(s, index, owner), { of: "connection", kind: "asked", index });
      return;
    }
    if (manner.stage === "speech" && this.#can(c, facts, "spoke", tick) && c.client === "live") {
      const isReady = c.at === "new";
      const spoken = became(s, index, isReady ? { ready: tick } : {}, "spoke");
      steps.add(isReady ? { ...spoken, ready: [...s.ready, index] } : spoken, {
        of: "connection",
        kind: "spoke",
        index,
      });
    }
    if (c.at === "new" && c.ready >= 0 && (!manner.ordered || s.ready[0] === index))
      this.#looks(s, index, steps);
    if (
      c.at === "waiting" &&
      s.waiting[0] === index &&
      this.#hasRoom(s, facts) &&
      this.#can(c, facts, "placed", tick)
    ) {
      steps.add(this.#places({ ...s, waiting: s.waiting.slice(1) }, index), {
        of: "connection",
        kind: "placed",
        index,
      });
    }
    const use = facts.used[c.uses];
    if (c.at === "placed" && c.client === "live" && use !== undefined && within(use, tick)) {
      const of = this.#facts.processes.findIndex((p) => p.id === c.owner);
      steps.add(became(s, index, { uses: c.uses + 1, usedIn: s.processes[of]?.running ?? -1 }), {
        of: "use",
        kind: "used",
        index,
      });
    }
    if (
      this.#can(c, facts, "firstByte", tick) &&
      !saysNothing(facts.firstByte) &&
      (c.at === "placed" || this.#saysNo(c))
    ) {
      steps.add(became(s, index, {}, "firstByte"), { of: "connection", kind: "firstByte", index });
    }
    const heard = !this.#saysNo(c) || c.happened.includes("firstByte") || saysNothing(facts.firstByte);
    if (
      this.#can(c, facts, "serverClosed", tick) &&
      !saysNothing(facts.serverClosed) &&
      (c.client !== "live" || (c.at === "shut" && heard))
    ) {
      steps.add(became(s, index, {}, "serverClosed"), { of: "connection", kind: "serverClosed", index });
    }
    if (c.at === "placed" && c.client !== "ended" && manner.endsClients && tick - c.asked >= lags.serves) {
      steps.add(
        { ...became(s, index, { at: "shut", shut: tick }), placed: without(s.placed, index) },
        { of: "connection", kind: "", index },
      );
    }
    if (this.#can(c, facts, "ended", tick) && c.client === "live") {
      const unheard = c.at === "new" && c.ready < 0;
      for (const fate of this.#isOpen(c) ? this.#openFates(s, index, true) : [c.fate]) {
        steps.add(
          became(
            s,
            index,
            { client: "ended", told: tick, fate, busy: [], ...(unheard ? { at: "left" } : {}) },
            "ended",
          ),
          { of: "connection", kind: "ended", index },
        );
      }
    }
    if (c.at === "placed" && c.client === "ended" && this.#can(c, facts, "freed", tick)) {
      steps.add(
        { ...became(s, index, { at: "left" }, "freed"), placed: without(s.placed, index) },
        { of: "connection", kind: "freed", index },
      );
    }
  }

  #asks(s: SimState, index: number, owner: string): SimState | null {
    const of = this.#facts.processes.findIndex((p) => p.id === owner);
    const process = s.processes[of];
    if (process !== undefined && process.at !== "init" && process.running < 0) return null;
    const running = this.#facts.processes
      .filter((_, p) => s.processes[p]!.running >= 0)
      .map((p) => p.environment);
    const isReady = this.#server.manner.stage !== "speech";
    const asked: SimConnection = {
      ...OUT,
      ...{ at: "new", owner, happened: ["asked"], asked: s.tick, ready: isReady ? s.tick : -1 },
      busy: this.#idleNeeded ? [...new Set(running)].sort() : [],
    };
    // Only the latest attempt of a process has a fate for its invocations.
    const earlier = s.connections.map((c) =>
      process !== undefined && c.at !== "out" && c.owner === owner
        ? { ...c, fate: "", usedIn: -1, hitIn: -1 }
        : c,
    );
    return {
      ...s,
      connections: earlier.with(index, asked),
      ready: isReady ? [...s.ready, index] : s.ready,
      processes: process === undefined ? s.processes : s.processes.with(of, { ...process, latest: index }),
    };
  }

  /** The server looks at a client and decides. */
  #looks(s: SimState, index: number, steps: Steps): void {
    const { manner } = this.#server;
    const facts = this.#facts.connections[index]!;
    const c = s.connections[index]!;
    const seen: SimState = { ...s, ready: without(s.ready, index) };
    const mayPlace = within(facts.placed, s.tick);
    const twins =
      facts.name === null
        ? []
        : s.placed.filter((other) => this.#facts.connections[other]!.name === facts.name);
    if (manner.full === "evicts-same-name" && twins.length > 0)
      return this.#evictsOne(s, index, twins, steps);
    const room = this.#hasRoom(s, facts);
    if (room && s.waiting.length === 0 && mayPlace)
      steps.add(this.#places(seen, index), { of: "connection", kind: "placed", index });
    const hiddenWait = this.#facts.hidden.some((h) => h.from <= s.tick && s.tick <= h.to);
    if (
      (!room || s.waiting.length > 0 || hiddenWait) &&
      s.waiting.length < manner.queue &&
      within(facts.queued, s.tick)
    ) {
      const waits: SimConnection = { ...c, at: "waiting", happened: [...c.happened, "queued"] };
      steps.add(
        { ...seen, waiting: [...s.waiting, index], connections: s.connections.with(index, waits) },
        { of: "connection", kind: "queued", index },
      );
    }
    if (s.waiting.length < manner.queue && !hiddenWait) return;
    if (manner.full === "evicts-oldest" || manner.full === "evicts-any") {
      if (room) return;
      const full = this.#fullScopes(s, index, false);
      const victims = s.placed.filter((other) =>
        this.#facts.connections[other]!.scopes.some((scope) => full.includes(scope)),
      );
      return this.#evictsOne(
        s,
        index,
        manner.full === "evicts-oldest" ? victims.slice(0, 1) : victims,
        steps,
      );
    }
    const countsHidden = manner.counted && hiddenWait;
    if (
      (!countsHidden && this.#fullScopes(s, index, manner.counted).length === 0) ||
      !within(facts.turnedAway, s.tick)
    )
      return;
    for (const fate of c.client === "live" ? this.#openFates(s, index, false) : [c.fate]) {
      const away: SimConnection = {
        ...c,
        at: "shut",
        shut: s.tick,
        fate,
        busy: [],
        happened: [...c.happened, "turnedAway"],
      };
      steps.add(
        { ...seen, connections: s.connections.with(index, away) },
        { of: "connection", kind: "turnedAway", index },
      );
    }
  }

  /** The newcomer gets its place by the end of one of these. */
  #evictsOne(s: SimState, index: number, victims: readonly number[], steps: Steps): void {
    const facts = this.#facts.connections[index]!;
    for (const victim of victims) {
      if (!within(facts.placed, s.tick) || !within(this.#facts.connections[victim]!.evicted, s.tick))
        continue;
      const after = this.#evicts(
        { ...s, ready: without(s.ready, index) },
        victim,
        s.connections[index]!.owner,
      );
      if (!this.#hasRoom(after, facts)) continue;
      steps.add(this.#places(after, index), { of: "connection", kind: "placed", index, victim });
    }
  }

  #can(c: SimConnection, facts: ConnectionFacts, kind: Kind, tick: number): boolean {
    return within(facts[kind], tick) && !c.happened.includes(kind);
  }

  #places(s: SimState, index: number): SimState {
    const c = s.connections[index]!;
    const now: SimConnection = {
      ...c,
      at: "placed",
      placed: s.tick,
      busy: [],
      happened: [...c.happened, "placed"],
    };
    return { ...s, connections: s.connections.with(index, now), placed: [...s.placed, index] };
  }

  #evicts(s: SimState, victim: number, newcomer: string): SimState {
    const c = s.connections[victim]!;
    const of = this.#facts.processes.findIndex((p) => p.id === c.owner);
    const by = this.#rivalName(newcomer, c.owner);
    const second = this.#hasOther(s, victim) ? "second:" : "";
    const isLatest = s.processes[of]?.latest === victim;
    const now: SimConnection = {
      ...c,
      ...{
        at: "shut",
        shut: s.tick,
        hitIn: isLatest ? s.processes[of]!.running : -1,
        happened: [...c.happened, "evicted"],
      },
      fate: c.client === "live" && isLatest ? (by === null ? "" : `evicted:${second}harmed:${by}`) : c.fate,
    };
    return { ...s, connections: s.connections.with(victim, now), placed: without(s.placed, victim) };
  }

  #hiddenSteps(s: SimState, steps: Steps): void {
    const { manner } = this.#server;
    this.#facts.hidden.forEach((h, index) => {
      const some = s.hidden[index]!;
      const event: SimEvent = { of: "connection", kind: "hidden", index };
      if (some > 0) steps.add({ ...s, hidden: s.hidden.with(index, some - 1) }, event);
      if (s.tick < h.from || s.tick > h.to) return;
      if (this.#hasRoom(s, h)) steps.add({ ...s, hidden: s.hidden.with(index, some + 1) }, event);
      if (!manner.full.startsWith("evicts")) return;
      const full = h.scopes.filter((scope) => this.#held(s, scope) >= this.#server.scopes[scope]!);
      const victims = s.placed.filter((other) => {
        const facts = this.#facts.connections[other]!;
        if (!within(facts.evicted, s.tick)) return false;
        if (manner.full === "evicts-same-name") return facts.name !== null;
        return facts.scopes.some((scope) => full.includes(scope));
      });
      for (const victim of manner.full === "evicts-oldest" ? this.#oldest(s, full, victims) : victims) {
        const after = this.#evicts(s, victim, h.owner);
        if (this.#hasRoom(after, h)) steps.add({ ...after, hidden: s.hidden.with(index, some + 1) }, event);
      }
    });
  }

  #oldest(s: SimState, full: readonly number[], victims: readonly number[]): readonly number[] {
    const first = s.placed.find((other) =>
      this.#facts.connections[other]!.scopes.some((scope) => full.includes(scope)),
    );
    return first !== undefined && victims.includes(first) ? [first] : [];
  }

  #held(s: SimState, scope: number): number {
    const known = s.placed.filter((other) => this.#facts.connections[other]!.scopes.includes(scope)).length;
    return this.#facts.hidden.reduce(
      (sum, h, index) => sum + (h.scopes.includes(scope) ? s.hidden[index]! : 0),
      known,
    );
  }

  #hasRoom(s: SimState, client: Pick<ConnectionFacts, "scopes">): boolean {
    return client.scopes.every((scope) => this.#held(s, scope) < this.#server.scopes[scope]!);
  }

  #fullScopes(s: SimState, index: number, counted: boolean): number[] {
    return this.#facts.connections[index]!.scopes.filter((scope) => {
      const others = s.connections.filter(
        (c, other) =>
          counted &&
          other !== index &&
          c.at === "new" &&
          this.#facts.connections[other]!.scopes.includes(scope),
      );
      return this.#held(s, scope) + others.length >= this.#server.scopes[scope]!;
    });
  }

  /** What a step changes besides what it does. */
  #after(before: SimState, s: SimState): SimState {
    const connections = s.connections.map((c, index) => {
      if (!this.#isOpen(c)) return c.rivals.length + c.maybe.length > 0 ? { ...c, rivals: [], maybe: [] } : c;
      const { rivals, maybe } = this.#rivalsNow(s, index);
      const isIdle = (name: string): boolean => !c.busy.includes(name) || this.#isOwn(c, name);
      const idle = (names: readonly string[]): string[] => [...new Set(names)].filter(isIdle).sort();
      return { ...c, rivals: idle([...c.rivals, ...rivals]), maybe: idle([...c.maybe, ...maybe]) };
    });
    return this.#withRoom(before, { ...s, connections });
  }

  #isOwn(c: SimConnection, environment: string): boolean {
    return this.#facts.processes.some((p) => p.id === c.owner && p.environment === environment);
  }

  #withRoom(before: SimState, s: SimState): SimState {
    const [head] = s.waiting;
    if (head === undefined || !this.#hasRoom(s, this.#facts.connections[head]!))
      return s.room < 0 ? s : { ...s, room: -1 };
    return s.room >= 0 && before.waiting[0] === head ? s : { ...s, room: s.tick };
  }

  /** The environment of `other` if it is another one than that of `mine`, or an earlier boot of it; else null. */
  #rivalName(other: string, mine: string): string | null {
    const me = this.#facts.processes.find((p) => p.id === mine);
    const it = this.#facts.processes.find((p) => p.id === other);
    if (me === undefined) return null;
    if (it === undefined) return other === STRANGER || other === me.environment ? null : other;
    return it.environment !== me.environment || it.boot < me.boot ? it.environment : null;
  }

  #hasOther(s: SimState, index: number): boolean {
    const { owner } = s.connections[index]!;
    return s.connections.some(
      (c, other) => other !== index && c.owner === owner && c.at === "placed" && c.client === "live",
    );
  }

  /** The environments of the rivals that the attempt has at this moment, of known clients and of hidden ones. */
  #rivalsNow(s: SimState, index: number): { rivals: string[]; maybe: string[]; lingers: boolean } {
    const c = s.connections[index]!;
    const full = this.#fullScopes(s, index, this.#server.manner.counted);
    const inFull = (scopes: readonly number[]): boolean => scopes.some((scope) => full.includes(scope));
    const rivals: string[] = [];
    const maybe: string[] = [];
    let lingers = false;
    for (const other of s.placed) {
      const d = s.connections[other]!;
      const name = this.#rivalName(d.owner, c.owner);
      if (name === null || !inFull(this.#facts.connections[other]!.scopes)) continue;
      if (d.client === "ended") lingers = true;
      else if (this.#isOwn(c, name) || !c.busy.includes(name)) rivals.push(name);
    }
    this.#facts.hidden.forEach((h, at) => {
      const name = this.#rivalName(h.owner, c.owner);
      if (s.hidden[at]! === 0 || name === null || !inFull(h.scopes)) return;
      lingers = true;
      if (!c.busy.includes(name)) maybe.push(name);
    });
    return { rivals, maybe, lingers };
  }

  /** What an attempt without a place can mean at this moment. Only about hidden clients there is a choice: nobody sees them end. */
  #openFates(s: SimState, index: number, waited: boolean): string[] {
    const c = s.connections[index]!;
    if (!this.#facts.processes.some((p) => p.id === c.owner)) return [""];
    const now = this.#rivalsNow(s, index);
    const second = this.#hasOther(s, index) ? "second:" : "";
    let choices: string[][] = [waited ? [...now.rivals, ...c.rivals] : now.rivals];
    for (const name of waited ? [...now.maybe, ...c.maybe] : now.maybe)
      choices = choices.flatMap((choice) => [choice, [...choice, name]]);
    return choices.map((choice) => {
      if (choice.length > 0) return `${second}harmed:${[...new Set(choice)].sort().join(",")}`;
      return now.lingers ? "lingers" : "clear";
    });
  }

  #fatesOf(s: SimState, invocation: number, process: number): string[] {
    const { latest } = s.processes[process]!;
    if (!this.#facts.processes[process]!.attemptsComplete) return ["unseen"];
    const c = s.connections[latest];
    if (c === undefined) return ["clear"];
    const read = (text: string): string => {
      if (!text.startsWith("second:")) return text === "" ? "clear" : text;
      return this.#facts.invocations[invocation]!.failed ? text.slice("second:".length) : "clear";
    };
    if (this.#isOpen(c)) return this.#openFates(s, latest, true).map(read);
    if (!c.fate.startsWith("evicted:")) return [read(c.fate)];
    if (c.usedIn === invocation) return ["clear"];
    const harmed = read(c.fate.slice("evicted:".length));
    return c.hitIn === invocation && !this.#facts.connections[latest]!.usesComplete
      ? ["clear", harmed]
      : [harmed];
  }
}
