/** How many connections a peer serves at one time (docs/checks.md#more-than-one-place). Null if the number is unknown. */
export type Places = number | null;

export interface Capacity {
  readonly places: Places;
  /** True if the user gave the number, or if the peer is our own. False if the number is only the default. */
  readonly given: boolean;
}

/** Settings and manifests have this word for an unknown number of places. */
export const UNKNOWN_CAPACITY = "unknown";
export type GivenCapacity = number | typeof UNKNOWN_CAPACITY;

/** If the user gave no number, returns one place for each invocation that may run at the same time. */
export function capacityOf(given: GivenCapacity | null, reservedConcurrency: number): Capacity {
  if (given === null) return { places: reservedConcurrency, given: false };
  return { places: given === UNKNOWN_CAPACITY ? null : given, given: true };
}

/**
 * Returns how many environments a profile initialises ahead of invocations: as many as can hold all places, because only then can an
 * invocation be turned away. Returns the reserved concurrency if the number of places is unknown, and also if connections may be kept,
 * because then the number of environments itself is judged.
 */
export function environmentsAhead(
  capacity: Capacity,
  reservedConcurrency: number,
  kept: KeptConnections,
): number {
  const needed = kept === "allowed" ? null : capacity.places;
  return Math.min(needed ?? reservedConcurrency, AHEAD_MAX);
}

/** More environments would need more memory than a laptop has. */
const AHEAD_MAX = 20;

export const DEFAULT_CAPACITY = 1;

/** How many invocations of a function are in flight by default, in a soak and in a judgement that does not know the number. */
export const DEFAULT_IN_FLIGHT = 1;

/** Our own peer has at most this many places. It keeps only a few more sockets open (`SOCKETS_MAX` in peer/peer.ts). */
export const OWN_CAPACITY_MAX = 1_000;

/** No server has more places than this. */
export const CAPACITY_MAX = 1_000_000;

/** AWS's default limit for an account. */
export const RESERVED_CONCURRENCY_MAX = 1_000;

/** Whether a connection that is kept between two invocations counts as a flaw of the function. */
export const KEPT_CONNECTIONS = ["flawed", "allowed"] as const;
export const DEFAULT_KEPT_CONNECTIONS: KeptConnections = "flawed";
export type KeptConnections = (typeof KEPT_CONNECTIONS)[number];

/** Manifests of older versions have no capacity. In those runs, every peer had one place. */
export function capacityOfRun({
  capacity = DEFAULT_CAPACITY,
  capacityGiven = false,
}: {
  readonly capacity?: GivenCapacity;
  readonly capacityGiven?: boolean;
}): Capacity {
  return { places: capacity === UNKNOWN_CAPACITY ? null : capacity, given: capacityGiven };
}
