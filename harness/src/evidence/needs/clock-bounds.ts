/** Keeps, for each pair of clocks, the invocations that give the closest bounds for their difference. */
import { ROW } from "../record-store.ts";
import type { Retainer, Retaining } from "./retainer.ts";

interface Extreme {
  value: number;
  row: number;
}

export function retainClockBounds({ store, others, partners, keep }: Retaining): Retainer {
  const none = (): Extreme => ({ value: Infinity, row: -1 });
  const least = { sent: none(), answered: none(), accepted: none() };
  const note = (name: keyof typeof least, value: number, row: number): void => {
    if (value < least[name].value) least[name] = { value, row };
  };
  const take = (row: number): void => {
    if (store.kind(row) === ROW.loose || store.kind(row) === ROW.odd) return;
    const { driver, peer } = others;
    const [driven, seen] = [partners.driver(row), partners.peer(row)];
    if (driver !== null && driven !== -1) {
      note("sent", store.start(row) - driver.from(driven), row);
      note("answered", driver.to(driven) - store.start(row), row);
    }
    if (peer !== null && seen !== -1) note("accepted", store.connectedAt(row) - peer.store.from(seen), row);
  };
  return {
    quiet: take,
    other: take,
    finish() {
      for (const { row } of Object.values(least)) if (row !== -1) keep(row);
    },
  };
}
