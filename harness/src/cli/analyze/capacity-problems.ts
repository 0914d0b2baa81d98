import type { GivenCapacity } from "../../words/capacity.ts";
import type { GatheredEvidence } from "../../evidence/gathered-evidence.ts";
import type { Problem } from "../../settings/problem.ts";
import type { OfPeer } from "../../settings/value-parsers.ts";

type Capacities = readonly OfPeer<GivenCapacity>[];

export function repeatedCapacities(capacities: Capacities): readonly Problem[] {
  return capacities
    .filter((one, index) => capacities.findIndex(({ name }) => name === one.name) < index)
    .map((one) => ({
      where: shown(one),
      text: "expected one number, or NAME=NUMBER for each of several peers",
    }));
}

/** Finds names of peers that no function in the evidence has. */
export function strayCapacities(capacities: Capacities, evidence: GatheredEvidence): readonly Problem[] {
  const names = new Set([
    ...(evidence.manifest?.functions ?? []).flatMap(({ peers = [] }) => peers.map(({ name }) => name)),
    ...evidence.functions.flatMap(({ peerNames = [] }) => peerNames),
  ]);
  return capacities
    .filter(({ name }) => name !== null && !names.has(name))
    .map((one) => ({
      where: shown(one),
      text:
        names.size === 0
          ? "expected a number without a name, because no function has several peers"
          : `expected the name of a peer: ${[...names].join(", ")}`,
    }));
}

function shown({ name, value }: Capacities[number]): string {
  return `--capacity ${name === null ? "" : `${name}=`}${value}`;
}
