/**
 * Finds out how far one clock can be ahead of another (the shift). At a possible shift, nearly every event of one clock lies in a span of
 * the other clock in which it can have happened. A few events may lie outside of such spans, because evidence gets lost.
 */
import type { Span } from "../../base/clocks.ts";

/** How far the one clock can be ahead, in milliseconds. */
export type Shifts = Span<number>;

/** The largest share of events that may lie in no possible span. If the share is larger, the result is empty. */
const LOST_SHARE_MAX = 0.1;
/**
 * If even the best shift leaves events outside of their spans, other shifts count as possible too: those that leave only a few more events
 * outside than the best shift, at most this share of all events.
 */
const DOUBT_SHARE = 0.02;

/**
 * `constraints` has one list for each event: the shifts at which this event lies in a possible span. Returns ascending, disjoint spans.
 * Empty if no shift is possible.
 */
export function boundShifts(constraints: readonly (readonly Shifts[])[], within: Shifts): readonly Shifts[] {
  const steps = stepsOf(constraints, within);
  const best = mostIn(steps);
  const lost = constraints.length - best;
  if (lost > constraints.length * LOST_SHARE_MAX) return [];
  const least = best - (lost === 0 ? 0 : Math.floor(constraints.length * DOUBT_SHARE));
  return joined(steps.filter(({ fitting }) => fitting >= least));
}

/** Returns how many events lie in a possible span at the best shift. */
export function mostFitting(constraints: readonly (readonly Shifts[])[], within: Shifts): number {
  return mostIn(stepsOf(constraints, within));
}

function mostIn(steps: readonly ShiftStep[]): number {
  return steps.reduce((most, { fitting }) => Math.max(most, fitting), 0);
}

export function overlap(one: Shifts, spans: readonly Shifts[]): boolean {
  return spans.some(({ from, to }) => from <= one.to && one.from <= to);
}

interface ShiftStep extends Shifts {
  readonly fitting: number;
}

/** Divides the range into steps in which the number of constraints that hold is constant. Single instants are steps, too. */
function stepsOf(constraints: readonly (readonly Shifts[])[], within: Shifts): ShiftStep[] {
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
  const steps: ShiftStep[] = [];
  let [opened, closed, at] = [0, 0, within.from];
  const until = (next: number): void => void steps.push({ from: at, to: next, fitting: opened - closed });
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

function joined(spans: readonly Shifts[]): Shifts[] {
  const all: Shifts[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last !== undefined && span.from <= last.to)
      all[all.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else all.push({ from: span.from, to: span.to });
  }
  return all;
}
