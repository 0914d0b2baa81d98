/** The first and the last instant of any environment or invocation in a result. Null if it has none. */
import type { FunctionResult } from "../../result/function-result.ts";
import { instantOf } from "./format-time.ts";

export interface EvidenceSpan {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

export function evidenceSpan(functions: readonly FunctionResult[]): EvidenceSpan | null {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const each of functions)
    for (const text of instantsIn(each)) {
      const instant = instantOf(text);
      if (instant === null) continue;
      from = Math.min(from, instant);
      to = Math.max(to, instant);
    }
  return from > to ? null : { from, to };
}

function* instantsIn({ environments, invocationList }: FunctionResult): Generator<string | null> {
  for (const { initStart, firstInvoke, lastInvoke, end } of environments) {
    yield initStart ?? firstInvoke;
    yield lastInvoke;
    yield end;
  }
  for (const { from, to } of invocationList) {
    yield from;
    yield to;
  }
}
