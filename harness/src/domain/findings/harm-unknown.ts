/** Why it is not known whether an invocation was harmed. */
import { coder, type Coded, type NoParameters } from "./coded.ts";
import type { HolderUnknown } from "./holder-unknown.ts";

export interface HarmUnknownParameters {
  readonly "start-missing": NoParameters;
  /** The invocation's connection was evicted, and the log does not show whether the invocation failed. */
  readonly "outcome-unknown": NoParameters;
  readonly "end-missing": NoParameters;
  /** Lines of the invocation's process are missing. */
  readonly "lines-missing": NoParameters;
  /** No line of the invocation's process shows what the invocation did. */
  readonly "no-line": NoParameters;
  /** The invocation's process wrote no line at all, and no other source shows an attempt. */
  readonly "nothing-shows": NoParameters;
  /** The peer answered, and nothing shows whether the answer was a success or a refusal. */
  readonly "answer-or-refusal": NoParameters;
  /** The peer answered, and the encryption of the connection hides whether the answer was a success or a refusal. */
  readonly "answer-encrypted": { readonly by: "TLS" | "SSH" };
  readonly "timed-out-silently": NoParameters;
  /** The peer's log has connections that may be this invocation's or another one's. */
  readonly "connections-ambiguous": NoParameters;
  /** No offset of the peer's clock within the tolerance explains what the peer logged. */
  readonly "peer-clock-fits-nowhere": NoParameters;
  readonly "kept-connection-untold": NoParameters;
  /** The invocation may have got another connection later, and the peer's log does not show whether it did. */
  readonly "later-connection-possible": NoParameters;
  readonly "refusal-unconfirmed": NoParameters;
  readonly "attempt-evicted": NoParameters;
  /** The invocation's connection was evicted, and it is not known whether the invocation got another one. */
  readonly "evicted-then-untold": NoParameters;
  /** The invocation's connection was evicted, and no peer log has a line about this. */
  readonly "evictor-without-log": NoParameters;
  /** The invocation's connection was evicted, and the peer's log does not name the client that took its place. */
  readonly "evictor-unnamed": NoParameters;
  /** The invocation's connection was evicted, and the peer's log does not show which client was served next. */
  readonly "evictor-not-shown": NoParameters;
  /** The invocation was turned away although no connection is known to have been open. */
  readonly "turned-away-by-nobody": NoParameters;
  /** The invocation had a connection, a second one was refused, and the log does not show whether the invocation failed. */
  readonly "second-connection-refused": NoParameters;
  /** The peer has more than one place, and it is unknown how many. */
  readonly "limit-unknown": NoParameters;
  /** Fewer places are known to have been held throughout the attempt than the peer has. */
  readonly "places-not-held": { readonly held: number; readonly places: number };
  /** According to the evidence, more places were held than the peer has. So lines about the ends of connections are missing. */
  readonly "more-held-than-places": { readonly held: number; readonly places: number };
  /** All places were held, and for at least one holder it is unknown whether it was at work. */
  readonly "work-unknown": { readonly places: number };
  readonly "holder-unknown": { readonly why: HolderUnknown };
}

export type HarmUnknown = Coded<HarmUnknownParameters>;
export const harmUnknown = coder<HarmUnknownParameters>();
