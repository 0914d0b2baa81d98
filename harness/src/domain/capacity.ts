/**
 * How many connections the peer serves at one time: its places, by the limit that turns a client away (docs/checks.md#more-than-one-place).
 * Null if nobody knows.
 */
export type Places = number | null;

export interface Capacity {
  readonly places: Places;
  /** Whether the user named the number, or our own peer has it. If not, the number is the default. */
  readonly given: boolean;
}

/** The word for a number that nobody knows, in settings and manifests. */
export const UNKNOWN_CAPACITY = "unknown";
export type GivenCapacity = number | typeof UNKNOWN_CAPACITY;

/** `given` is null if the user gave none. Then the peer is expected to have one place for each invocation that may run. */
export function capacityOf(given: GivenCapacity | null, reservedConcurrency: number): Capacity {
  if (given === null) return { places: reservedConcurrency, given: false };
  return { places: given === UNKNOWN_CAPACITY ? null : given, given: true };
}

/**
 * How many environments a profile initialises ahead, so that they can hold all places. More environments than `AHEAD_MAX` would need more
 * memory than a laptop has.
 */
export function environmentsAhead(capacity: Capacity, reservedConcurrency: number): number {
  return Math.min(capacity.places ?? reservedConcurrency, AHEAD_MAX);
}

const AHEAD_MAX = 20;

/** How many connections a peer serves at one time if nobody says otherwise. */
export const DEFAULT_CAPACITY = 1;

/** Our own peer has no more places, because it keeps no more sockets open. */
export const OWN_CAPACITY_MAX = 1_000;

/** The greatest number that can be given. No server has more places. */
export const CAPACITY_MAX = 1_000_000;

/** A local engine runs at most as many invocations as an account may by default. */
export const RESERVED_CONCURRENCY_MAX = 1_000;

/** Whether a connection that is kept between two invocations is a flaw of the function. */
export const KEPT_CONNECTIONS = ["flawed", "allowed"] as const;
export type KeptConnections = (typeof KEPT_CONNECTIONS)[number];

/** The capacity of a run, by its manifest. Manifests of older versions name none, because every peer had one place. */
export function capacityOfRun({
  capacity = DEFAULT_CAPACITY,
  capacityGiven = false,
}: {
  readonly capacity?: GivenCapacity;
  readonly capacityGiven?: boolean;
}): Capacity {
  return { places: capacity === UNKNOWN_CAPACITY ? null : capacity, given: capacityGiven };
}
