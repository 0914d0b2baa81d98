/**
 * Short names for execution environments. A log stream name has 50 characters and more; in a sentence or on a lane it is
 * `E2 (…1d2e3f40)`: numbered in the order in which the environments appeared, with the last eight characters, which tell streams
 * apart and can be searched for.
 */
import type { Listed } from "../../domain/listed.ts";
import type { EnvironmentResult } from "../../domain/run-result.ts";
import { shortId } from "../wording/naming.ts";
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
}

export function environmentNames(environments: Listed<EnvironmentResult>): EnvironmentNames {
  const names = idsInOrder(environments).map((id, index) => nameOf(id, `E${index + 1}`));
  return { byId: new Map(names.map((name) => [name.id, name])) };
}

/** The name of an id, also of one that no environment has. */
export function environmentName({ byId }: EnvironmentNames, id: string): EnvironmentName {
  return byId.get(id) ?? nameOf(id, null);
}

function nameOf(id: string, short: string | null): EnvironmentName {
  const tail = shortId(id);
  return { id, short: short ?? tail, tail, label: short === null ? tail : `${short} (${tail})` };
}
