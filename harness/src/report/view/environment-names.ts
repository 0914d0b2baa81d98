/**
 * Makes short names for execution environments. A log stream name has 50 characters or more. In a sentence or on a lane, an environment is
 * called `E2 (…1d2e3f40)`. `E2` is its number in order of appearance. In parentheses are the last eight characters of its log stream. They
 * differ between the environments of a run and can be searched for.
 */
import type { Listed } from "../../domain/listed.ts";
import type { EnvironmentResult } from "../../domain/run-result.ts";
import { shortId } from "../wording/naming.ts";
import { idsInOrder } from "./in-order.ts";

export interface EnvironmentName {
  /** The environment's id, which is its log stream. */
  readonly id: string;
  /** The number, such as `E2`. An id that the result does not list has no number, so `short` is then `tail`. */
  readonly short: string;
  /** `…1d2e3f40`, or the complete id if it is short. */
  readonly tail: string;
  /** Number and tail, such as `E2 (…1d2e3f40)`. */
  readonly label: string;
}

export interface EnvironmentNames {
  readonly byId: ReadonlyMap<string, EnvironmentName>;
}

export function environmentNames(environments: Listed<EnvironmentResult>): EnvironmentNames {
  const names = idsInOrder(environments).map((id, index) => nameOf(id, `E${index + 1}`));
  return { byId: new Map(names.map((name) => [name.id, name])) };
}

/** Returns the name for an id, even if no environment of the result has this id. */
export function environmentName({ byId }: EnvironmentNames, id: string): EnvironmentName {
  return byId.get(id) ?? nameOf(id, null);
}

function nameOf(id: string, short: string | null): EnvironmentName {
  const tail = shortId(id);
  return { id, short: short ?? tail, tail, label: short === null ? tail : `${short} (${tail})` };
}
