/**
 * The door of the theory: hypotheses in, an answer for each invocation out. Each hypothesis is one combination of what is hidden for the
 * whole run: places, manner, offsets of clocks. An answer ranges over the histories of all of them.
 */
import { ALL_CLAUSES } from "./clauses/all-clauses.ts";
import type { Clause } from "./clauses/clause.ts";
import { answerOf, type HarmAnswer } from "./model/claim.ts";
import type { Facts } from "./facts/facts.ts";
import type { Hypothesis } from "./model/hypothesis.ts";
import { propagate } from "./propagation/propagate.ts";
import { chooseCuts } from "./states/cuts.ts";
import { historiesOf } from "./states/histories.ts";

export interface TheoryJudgement {
  /** The fates that each invocation has in some history. An invocation that is not in it has none: no history fits. */
  readonly fates: ReadonlyMap<string, ReadonlySet<string>>;
  readonly answers: ReadonlyMap<string, HarmAnswer>;
  /** True if there were more states than the cap, so that nothing is known. */
  readonly tooManyHistories: boolean;
  readonly nodes: number;
}

export interface JudgeOptions {
  /** The largest number of nodes of one segment. */
  readonly cap: number;
  readonly propagates: boolean;
  readonly clauses: readonly Clause[];
  /** Where a run is cut into segments. Any moments give the same answers. The last one is the end of the evidence. */
  readonly cuts: (facts: Facts) => readonly number[];
}

const USUAL: JudgeOptions = { cap: 20_000, propagates: true, clauses: ALL_CLAUSES, cuts: chooseCuts };

export function judgeHypotheses(
  hypotheses: readonly Hypothesis[],
  options: Partial<JudgeOptions> = {},
): TheoryJudgement {
  const { cap, propagates, clauses, cuts } = { ...USUAL, ...options };
  const fates = new Map<string, Set<string>>();
  const names = hypotheses[0]?.facts.invocations.map(({ id }) => id) ?? [];
  let nodes = 0;
  let tooManyHistories = false;
  for (const hypothesis of hypotheses) {
    const narrowed = propagates ? propagate(hypothesis) : hypothesis;
    if (narrowed === null) continue;
    const found = historiesOf(narrowed, { clauses, cap, cuts: cuts(narrowed.facts) });
    if (found === null) {
      tooManyHistories = true;
      break;
    }
    nodes += found.nodes;
    for (const [invocation, more] of found.fates) {
      fates.set(invocation, new Set([...(fates.get(invocation) ?? []), ...more]));
    }
  }
  const known = tooManyHistories ? new Map<string, Set<string>>() : fates;
  const answers = new Map(names.map((name) => [name, answerOf(known.get(name) ?? new Set())]));
  return { fates: known, answers, tooManyHistories, nodes };
}
