/** What a lever is: a way to make a second execution environment, with what a user must know before it is pulled. */
import type { ChangedFunction } from "./changed-function.ts";

export const LATEST = "$LATEST";

export interface LeverKind {
  /** What is changed, and how it is undone. */
  readonly changes: string;
  /** What is documented, and what is inferred. */
  readonly certainty: string;
  /** How many provisioned environments cost money until they are removed. */
  readonly provisioned: number;
  /** Whether the function must be deployed by longrun, because its concurrency is changed. */
  readonly onlyOurs: boolean;
  pull(changed: ChangedFunction, seen: SeenEnvironments, wanted: WantedTenants): Promise<PulledLever>;
}

/** What `--tenants` says. The other levers have no number. */
export interface WantedTenants {
  readonly tenants: number;
}

/** What the run has seen of the function so far. */
export interface SeenEnvironments {
  /** Reads the log. Resolves to null if it does not show all invocations yet, else to the number of environments of `$LATEST`. */
  ofLatest(): Promise<number | null>;
  say(sentence: string): void;
}

export interface PulledLever {
  /** The versions that are invoked in turn. */
  readonly invoked: readonly string[];
  /** The tenants for which they are invoked in turn. Absent if the lever names none. */
  readonly tenants?: readonly string[];
  /** Called before each invocation of `$LATEST`. */
  beforeLatest?(): Promise<void>;
}
