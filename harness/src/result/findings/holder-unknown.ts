/** Why it is not known who held the peer when an attempt was turned away. */
import { coder, type Coded, type NoParameters } from "../../record/coded.ts";

export interface HolderUnknownParameters {
  /** The peer's clock and the function's are too far apart to order their lines. */
  readonly "peer-clock-apart": NoParameters;
  /** The clocks of the function's environments are too far apart to order their lines. */
  readonly "environment-clocks-apart": NoParameters;
  /** The holder changed within the clock tolerance of the attempt. */
  readonly "holder-changed-near": NoParameters;
  /** Another environment connected within the clock tolerance of the attempt. */
  readonly "other-connected-near": NoParameters;
  /** The connection that was accepted last ended within the clock tolerance of the attempt. */
  readonly "connection-ended-near": NoParameters;
  /** The peer still served a connection that had already ended, so lines of its log are missing. */
  readonly "ended-connection-served": NoParameters;
  /** Lines or connection numbers are missing in the peer's log, so the peer may have served another client. */
  readonly "other-client-possible": NoParameters;
  /** The function's lines show a later accepted connection that the peer's log does not have. */
  readonly "served-since": NoParameters;
  /** After the environment that connected last, the peer accepted another client or may have accepted one. */
  readonly "other-client-since": NoParameters;
  readonly "stream-missing": { readonly logStream: string };
  readonly "boot-missing": { readonly bootId: string | null };
  /** Several environments were restored from the snapshot of this boot, and nothing shows which of them connected. */
  readonly "boot-shared": { readonly bootId: string };
  readonly "client-gone": NoParameters;
  /** The peer's log does not show how the connection of one of the function's clients ended. */
  readonly "client-untold": NoParameters;
  readonly "client-unnamed": NoParameters;
  readonly "peer-lines-missing": NoParameters;
  /** The environment that connected last is gone, and its link has no line about the end of the connection. */
  readonly "link-line-missing": NoParameters;
  /** Lines of the environment that connected last are missing. */
  readonly "last-lines-missing": NoParameters;
  /** It is unclear which of the peer's lines are about the environment that connected last. */
  readonly "last-ambiguous": NoParameters;
  /** The environment that was accepted last may have ended before the attempt, and another client may have connected. */
  readonly "last-maybe-gone": { readonly environment: string };
  /** The peer later answered the waiting client while another connection was still open, so the peer may have more than one place. */
  readonly "answered-meanwhile": NoParameters;
  readonly "not-busy": NoParameters;
  readonly "no-open-connection": NoParameters;
  readonly "holder-process-died": NoParameters;
  /** A later process of the same environment may have run beside the process that held the connection. */
  readonly "holder-process-unknown": NoParameters;
  readonly "peer-restarted": NoParameters;
  /** The attempt names the holder of a lease, but does not say that it waited for the lease. */
  readonly "lease-not-awaited": NoParameters;
  /** The peer was down, or an unknown client held it. So the lease does not explain the failure. */
  readonly "lease-peer-unavailable": NoParameters;
  /** Nothing shows that the environment that held the lease ever connected. */
  readonly "lease-unused": NoParameters;
  /** The peer had not served the environment that held the lease. */
  readonly "lease-holder-not-served": NoParameters;
}

export type HolderUnknown = Coded<HolderUnknownParameters>;
export const holderUnknown = coder<HolderUnknownParameters>();
