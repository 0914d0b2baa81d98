/**
 * Short names for execution environments. A log stream name has 50 characters and more; in a sentence or on a lane it is
 * `E2 (…1d2e3f40)`: numbered in the order in which the environments appeared, with the last eight characters, which tell streams
 * apart and can be searched for. The judgement's own sentences name an environment by those eight characters.
 */
import type { Listed } from "../../domain/listed.ts";
import type { EnvironmentResult } from "../../domain/run-result.ts";
import { idsInOrder } from "./in-order.ts";

export interface EnvironmentName {
  /** Environment's id: its log stream. */
  readonly id: string;
  /** `E2`; the tail for an id that the result does not list. */
  readonly short: string;
  /** `…1d2e3f40`, or the whole of an id that is no longer than that. */
  readonly tail: string;
  /** `E2 (…1d2e3f40)`. */
  readonly label: string;
}

export interface EnvironmentNames {
  readonly byId: ReadonlyMap<string, EnvironmentName>;
  readonly byTail: ReadonlyMap<string, EnvironmentName>;
}

export function environmentNames(environments: Listed<EnvironmentResult>): EnvironmentNames {
  const names = idsInOrder(environments).map((id, index) => nameOf(id, `E${index + 1}`));
  return {
    byId: new Map(names.map((name) => [name.id, name])),
    byTail: new Map(names.map((name) => [name.tail, name])),
  };
}

/** The name of an id, also of one that no environment has. */
export function environmentName({ byId }: EnvironmentNames, id: string): EnvironmentName {
  return byId.get(id) ?? nameOf(id, null);
}

/** Replaces tails, and the full ids that are given, by labels. Longer ids first: one may contain another. */
export function shortenIds(text: string, names: EnvironmentNames, ids: readonly (string | null)[]): string {
  const full = [...new Set(ids)].filter(
    (id): id is string => id !== null && id.length > TAIL_LENGTH && names.byId.has(id),
  );
  full.sort((left, right) =>
    left.length === right.length ? (left < right ? -1 : 1) : right.length - left.length,
  );
  const shortened = full.reduce((sentence, id) => sentence.replaceAll(id, () => tailOf(id)), text);
  return shortened.replace(TAIL, (tail) => names.byTail.get(tail)?.label ?? tail);
}

/** The environments that a sentence names by their tails, in its order. */
export function namedIn(text: string, { byTail }: EnvironmentNames): readonly EnvironmentName[] {
  return [...text.matchAll(TAIL)].map(([tail]) => byTail.get(tail)).filter((name) => name !== undefined);
}

const TAIL_LENGTH = 8;
const TAIL = /…[^\s.,;:()]{8}/gu;

function nameOf(id: string, short: string | null): EnvironmentName {
  const tail = tailOf(id);
  return { id, short: short ?? tail, tail, label: short === null ? tail : `${short} (${tail})` };
}

function tailOf(id: string): string {
  return id.length <= 12 ? id : `…${id.slice(-TAIL_LENGTH)}`;
}
