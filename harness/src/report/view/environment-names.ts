/**
 * Short names for execution environments. A log stream name has 50 characters and more; in a sentence or on a
 * lane it is `E2 (8f2c1d0a)`, numbered in the order in which the environments appeared. The full name stays at hand.
 */
import type { EnvironmentResult } from "../../domain/run-result.ts";

export interface EnvironmentName {
  /** Environment's id: its log stream. */
  readonly id: string;
  /** `E2`; null for an id that the result does not list. */
  readonly number: number | null;
  /** `E2`, or the tail where there is no number. */
  readonly short: string;
  /** What people compare with a log stream: the first characters of its random part. */
  readonly tail: string;
  /** `E2 (8f2c1d0a)`. */
  readonly label: string;
}

export type EnvironmentNames = ReadonlyMap<string, EnvironmentName>;

export function environmentNames(environments: readonly EnvironmentResult[]): EnvironmentNames {
  return new Map(environments.map((environment, index) => [environment.id, nameOf(environment.id, index + 1)]));
}

/** The name of an id, also of one that no environment has. */
export function environmentName(names: EnvironmentNames, id: string): EnvironmentName {
  return names.get(id) ?? nameOf(id, null);
}

/** Replaces the full ids which a sentence uses by their short labels. Longer ids first: one may contain another. */
export function shortenIds(text: string, names: EnvironmentNames, ids: readonly (string | null)[]): string {
  const known = [...new Set(ids)].filter((id): id is string => id !== null && id.length > TAIL_LENGTH && names.has(id));
  known.sort((left, right) => right.length === left.length ? (left < right ? -1 : 1) : right.length - left.length);
  return known.reduce((shortened, id) => shortened.replaceAll(id, () => environmentName(names, id).label), text);
}

const TAIL_LENGTH = 8;

function nameOf(id: string, number: number | null): EnvironmentName {
  const random = id.slice(id.lastIndexOf("]") + 1);
  const tail = (random === "" ? id : random).slice(0, TAIL_LENGTH);
  const short = number === null ? tail : `E${number}`;
  return { id, number, short, tail, label: number === null ? tail : `${short} (${tail})` };
}
