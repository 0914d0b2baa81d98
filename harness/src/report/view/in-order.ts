/** Environments are numbered in order of appearance. */
import type { Listed } from "../../base/listed.ts";
import type { EnvironmentResult } from "../../result/environment-result.ts";
import { instantOf } from "./format-time.ts";

export function inOrder(environments: Listed<EnvironmentResult>): readonly EnvironmentResult[] {
  const all = [...environments];
  return orderOf(all).map((index) => all[index] as EnvironmentResult);
}

/** Returns only the ids, which need less memory if there are very many environments. */
export function idsInOrder(environments: Listed<EnvironmentResult>): readonly string[] {
  const ids = environments.map(({ id }) => id);
  return orderOf(environments).map((index) => ids[index] as string);
}

function orderOf(environments: Listed<EnvironmentResult>): readonly number[] {
  const born = environments.map(firstInstant);
  const at = (index: number): number => born[index] as number;
  return born
    .map((_, index) => index)
    .sort((left, right) => (at(left) === at(right) ? 0 : at(left) - at(right)));
}

/** Infinity if the evidence shows no instant, so that such an environment comes last. */
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
