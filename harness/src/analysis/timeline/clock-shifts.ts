/**
 * By how much one clock may be ahead of another one, from things that must each have happened at certain times of the other clock: the
 * shifts that put (nearly) all of them where they can have happened. A few may fit nowhere: evidence gets lost.
 */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** At most this share may fit nowhere, or the clocks cannot be brought together. */
const LOST_SHARE_MAX = 0.1;
/** Where some are lost, a shift at which a few more are out of place than at the best one is possible too. */
const DOUBT_SHARE = 0.02;

/**
 * `constraints`: for each thing, the shifts at which it fits. Ascending and disjoint, within `within`; empty where no shift brings the
 * clocks together; all of `within` where nothing bounds it.
 */
export function boundShifts(constraints: readonly (readonly Span[])[], within: Span): readonly Span[] {
  const steps = stepsOf(constraints, within);
  const best = mostIn(steps);
  const lost = constraints.length - best;
  if (lost > constraints.length * LOST_SHARE_MAX) return [];
  const least = best - (lost === 0 ? 0 : Math.floor(constraints.length * DOUBT_SHARE));
  return joined(steps.filter(({ fitting }) => fitting >= least));
}

/** How many fit at the shift at which the most do. */
export function mostFitting(constraints: readonly (readonly Span[])[], within: Span): number {
  return mostIn(stepsOf(constraints, within));
}

function mostIn(steps: readonly Step[]): number {
  return steps.reduce((most, { fitting }) => Math.max(most, fitting), 0);
}

export function overlap(one: Span, spans: readonly Span[]): boolean {
  return spans.some(({ from, to }) => from <= one.to && one.from <= to);
}

interface Step extends Span {
  readonly fitting: number;
}

/** The range in steps in which the same number of constraints fits; single instants at which more do are steps of their own. */
function stepsOf(constraints: readonly (readonly Span[])[], within: Span): Step[] {
  const opens: number[] = [];
  const closes: number[] = [];
  for (const spans of constraints) {
    for (const span of joined(spans)) {
      const from = Math.max(span.from, within.from);
      const to = Math.min(span.to, within.to);
      if (from > to) continue;
      opens.push(from);
      closes.push(to);
    }
  }
  opens.sort((a, b) => a - b);
  closes.sort((a, b) => a - b);
  const steps: Step[] = [];
  let [opened, closed, at] = [0, 0, within.from];
  const until = (to: number): void => void steps.push({ from: at, to, fitting: opened - closed });
  while (opened < opens.length || closed < closes.length) {
    const open = opens[opened] ?? Infinity;
    const close = closes[closed] ?? Infinity;
    until(Math.min(open, close));
    at = Math.min(open, close);
    if (open <= close) opened += 1;
    else closed += 1;
  }
  until(within.to);
  return steps;
}

/** Those that touch become one. */
function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last !== undefined && span.from <= last.to)
      all[all.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else all.push({ from: span.from, to: span.to });
  }
  return all;
}
