/** Removes random lines from the evidence of a story (a test's script of a run). */
import fc from "fast-check";
import type { Evidence } from "../../../src/record/evidence.ts";

/** The percentage of lines to remove from each source, and the seed that decides which lines these are. */
export interface Removal {
  readonly records: number;
  readonly peer: number;
  readonly link: number;
  readonly journal: number;
  readonly seed: number;
}

const share = fc.constantFrom(0, 0, 2, 10, 50, 90);
export const removal: fc.Arbitrary<Removal> = fc.record({
  records: share,
  peer: share,
  link: share,
  journal: share,
  seed: fc.nat(),
});

export function remove(evidence: Evidence, what: Removal): Evidence {
  let state = what.seed;
  const keep = (percent: number): boolean => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % 100 >= percent;
  };
  return {
    ...evidence,
    journal: evidence.journal?.filter(() => keep(what.journal)) ?? null,
    functions: evidence.functions.map((one) => ({
      ...one,
      records: one.records.filter(() => keep(what.records)),
      peerLog: one.peerLog?.filter(() => keep(what.peer)) ?? null,
      linkLog: one.linkLog?.filter(() => keep(what.link)) ?? null,
    })),
  };
}
