/** Tells equal states of the simulation. */
import type { Facts } from "../../../src/theory/facts/facts.ts";
import { saysNothing } from "../../../src/theory/facts/sighting.ts";
import type { Server } from "../../../src/theory/model/server.ts";
import { KINDS, type SimConnection, type SimState } from "./sim-state.ts";

export class SimKeys {
  readonly #facts: Facts;
  readonly #server: Server;
  readonly #keys = new WeakMap<SimConnection, string>();

  constructor(facts: Facts, server: Server) {
    this.#facts = facts;
    this.#server = server;
  }

  /** A text that is the same for two states if the same can follow them and if they have the same fates. */
  key(s: SimState): string {
    const { manner, lags } = this.#server;
    let text = `${s.tick}|${s.room}|${s.ready.join()}|${s.waiting.join()}|${s.placed.join()}|${s.hidden.join()}|${s.fates.join()}|`;
    for (const begun of s.begun) text += begun ? 1 : 0;
    for (const { at, running, latest } of s.processes) text += `|${at}${running}:${latest}`;
    s.connections.forEach((c, index) => {
      let key = this.#keys.get(c);
      if (key === undefined) this.#keys.set(c, (key = this.#connectionKey(c, index)));
      text += `|${key}`;
      if (c.at === "placed" && manner.endsClients && s.tick - c.asked < lags.serves) text += c.asked;
    });
    return text;
  }

  #connectionKey(c: SimConnection, index: number): string {
    if (c.at === "out") return "";
    const facts = this.#facts.connections[index]!;
    let happened = 0;
    KINDS.forEach((kind, bit) => {
      if (c.happened.includes(kind)) happened |= 1 << bit;
    });
    const times: number[] = [];
    if (c.at === "new") times.push(c.ready);
    if ((c.at === "new" || c.at === "waiting") && this.#server.manner.endsClients) times.push(c.asked);
    if (c.at === "placed" && c.client === "ended") times.push(Math.max(c.placed, c.told));
    if (c.at === "placed" && c.client === "live" && this.#server.manner.greets) {
      if (!c.happened.includes("firstByte") && !saysNothing(facts.firstByte)) times.push(c.placed);
    }
    if (c.at === "shut" && c.client === "live") times.push(c.shut);
    return [
      c.at,
      c.client,
      c.owner,
      happened,
      times.join("."),
      c.uses,
      ...[c.busy.join("."), c.rivals.join("."), c.maybe.join(".")],
      c.fate,
      c.usedIn,
      c.hitIn,
    ].join(":");
  }
}
