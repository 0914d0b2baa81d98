/**
 * What the engine does with the members of the API model's requests, except the members that it refuses (absent-members.ts).
 *
 * `honoured`: the member changes what the operation does. `kept`: the engine stores it and shows it, and does nothing else with it.
 * `nothing to do`: every value has the same effect in the engine; the reason is given.
 */
export type Decision = "honoured" | "kept" | `nothing to do: ${string}`;

type Input = Readonly<Record<string, unknown>>;

export interface ServiceMembers {
  /** The decision for the path of each member that is not a structure. It holds for every operation that has this path. */
  readonly decided: Readonly<Record<string, Decision>>;
  /** For each operation: requests that together make the engine read every accepted member. It reads some only in requests that fail. */
  readonly requests: (zip: Buffer) => Readonly<Record<string, readonly Input[]>>;
}
