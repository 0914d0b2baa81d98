/**
 * The number of the peer's places: how many connections it serves at one time before it turns a client away (docs/checks.md#more-than-one-place).
 * Null if the number is unknown.
 */
export type Places = number | null;

export interface Capacity {
  readonly places: Places;
  /** True if the user gave the number, or if the peer is our own. False if the number is only the default. */
  readonly given: boolean;
}

/** The word for an unknown number of places, in settings and manifests. */
export const UNKNOWN_CAPACITY = "unknown";
export type GivenCapacity = number | typeof UNKNOWN_CAPACITY;

/**
 * Returns the capacity that the user gave. If the user gave none (`given` is null), it is one place for each invocation that may run at the same
 * time.
 */
export function capacityOf(given: GivenCapacity | null, reservedConcurrency: number): Capacity {
  if (given === null) return { places: reservedConcurrency, given: false };
  return { places: given === UNKNOWN_CAPACITY ? null : given, given: true };
}

/**
 * Returns how many environments a profile initialises ahead of invocations: as many as can hold all places, because only then can an
 * invocation be turned away. In two cases, returns the reserved concurrency: if the number of places is unknown, and if connections are
 * meant to be kept, because then the number of environments itself is judged. At most `AHEAD_MAX`: a larger number would need more memory
 * than a laptop has.
 */
export function environmentsAhead(
  capacity: Capacity,
  reservedConcurrency: number,
  kept: KeptConnections,
): number {
  const needed = kept === "allowed" ? null : capacity.places;
  return Math.min(needed ?? reservedConcurrency, AHEAD_MAX);
}

const AHEAD_MAX = 20;

/** The default for the number of connections that a peer serves at one time. */
export const DEFAULT_CAPACITY = 1;

/**
 * The default for the number of invocations of a function that a driver keeps in flight at one time. Older manifests do not have the
 * number.
 */
export const DEFAULT_IN_FLIGHT = 1;

/** The greatest number of places of our own peer, which keeps no more sockets open. */
export const OWN_CAPACITY_MAX = 1_000;

/** The greatest number of places that a user can give. No server has more. */
export const CAPACITY_MAX = 1_000_000;

/** The greatest number of invocations that a local engine runs at one time. It is AWS's default limit for an account. */
export const RESERVED_CONCURRENCY_MAX = 1_000;

/** Whether a connection that is kept between two invocations is a flaw of the function. */
export const KEPT_CONNECTIONS = ["flawed", "allowed"] as const;
export type KeptConnections = (typeof KEPT_CONNECTIONS)[number];

/** Returns the capacity of a run from its manifest. Manifests of older versions have no capacity. In those runs, every peer had one place. */
export function capacityOfRun({
  capacity = DEFAULT_CAPACITY,
  capacityGiven = false,
}: {
  readonly capacity?: GivenCapacity;
  readonly capacityGiven?: boolean;
}): Capacity {
  return { places: capacity === UNKNOWN_CAPACITY ? null : capacity, given: capacityGiven };
}
