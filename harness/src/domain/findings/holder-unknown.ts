/** Why it is not known who held the peer when an attempt was turned away. */
import { coder, type Coded, type NoParameters } from "./coded.ts";

export interface HolderUnknownParameters {
  /** The peer's clock and the function's are too far apart to order their lines. */
  readonly "peer-clock-apart": NoParameters;
  /** The clocks of the function's environments are too far apart to order their lines. */
  readonly "environment-clocks-apart": NoParameters;
  /** The holder changed within the clock tolerance of the attempt. */
  readonly "holder-changed-near": NoParameters;
  /** Another environment connected within the clock tolerance of the attempt. */
  readonly "other-connected-near": NoParameters;
  /** The connection before the attempt ended within the clock tolerance of it. */
  readonly "connection-ended-near": NoParameters;
  /** The peer's log still serves a connection that had ended: lines of the log are missing. */
  readonly "ended-connection-served": NoParameters;
  /** Lines of the peer's log are missing, or its numbers do not count: it may have served somebody else. */
  readonly "other-client-possible": NoParameters;
  /** The function says that the peer has served it since: lines of the peer's log are missing. */
  readonly "served-since": NoParameters;
  /** The peer served somebody else since. */
  readonly "other-client-since": NoParameters;
  readonly "stream-missing": { readonly logStream: string };
  readonly "boot-missing": { readonly bootId: string | null };
  /** The peer served a client that had already given up. */
  readonly "client-gone": NoParameters;
  /** The peer's log does not say what became of a client of the function. */
  readonly "client-untold": NoParameters;
  /** The peer's log does not name its client. */
  readonly "client-unnamed": NoParameters;
  readonly "peer-lines-missing": NoParameters;
  /** The link's line about the end of the environment that connected last is missing. */
  readonly "link-line-missing": NoParameters;
  /** Lines of the environment that connected last are missing. */
  readonly "last-lines-missing": NoParameters;
  /** The peer's lines about the environment that connected last cannot be told apart. */
  readonly "last-ambiguous": NoParameters;
  /** The environment that was accepted last may have been gone, and somebody else have come. */
  readonly "last-maybe-gone": { readonly environment: string };
  readonly "not-busy": NoParameters;
  readonly "no-open-connection": NoParameters;
  readonly "holder-process-died": NoParameters;
  readonly "peer-restarted": NoParameters;
  /** The attempt names the holder of a lease, and not that it waited for the lease. */
  readonly "lease-not-awaited": NoParameters;
  /** The peer was down, or held by a stranger, beside the lease. */
  readonly "lease-peer-unavailable": NoParameters;
  /** The environment that held the lease is not known to have connected. */
  readonly "lease-unused": NoParameters;
  /** The environment that held the lease had not reached the peer itself. */
  readonly "lease-holder-not-served": NoParameters;
}

export type HolderUnknown = Coded<HolderUnknownParameters>;
export const holderUnknown = coder<HolderUnknownParameters>();
