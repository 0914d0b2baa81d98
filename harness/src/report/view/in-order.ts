/** Execution environments in the order in which they appeared: that is how people number them and how lanes lie. */
import type { EnvironmentResult } from "../../domain/run-result.ts";
import { instantOf } from "./format-time.ts";

export function inOrder(environments: readonly EnvironmentResult[]): readonly EnvironmentResult[] {
  const born = new Map(environments.map((environment) => [environment, firstInstant(environment)]));
  const at = (environment: EnvironmentResult): number => born.get(environment) ?? Number.POSITIVE_INFINITY;
  return [...environments].sort((left, right) => (at(left) === at(right) ? 0 : at(left) - at(right)));
}

/** Infinity where the evidence shows no instant: such an environment comes last. */
function firstInstant({ initStart, firstInvoke, boots, connections }: EnvironmentResult): number {
  const texts = [
    initStart,
    firstInvoke,
    ...boots.map(({ from }) => from),
    ...connections.map(({ from }) => from),
  ];
  return texts
    .map(instantOf)
    .reduce<number>(
      (least, instant) => (instant === null ? least : Math.min(least, instant)),
      Number.POSITIVE_INFINITY,
    );
}
