/** Why it is not known whether an invocation was harmed. */
import { coder, type Coded, type NoParameters } from "../../record/coded.ts";
import type { ConnectionError } from "../../words/connection-error.ts";
import type { HolderUnknown } from "./holder-unknown.ts";

export interface HarmUnknownParameters {
  readonly "start-missing": NoParameters;
  /** The invocation's connection was evicted, and the log does not show whether the invocation failed. */
  readonly "outcome-unknown": NoParameters;
  readonly "end-missing": NoParameters;
  readonly "lines-missing": NoParameters;
  /** Lines of the invocation's process exist, but none shows what the invocation did. */
  readonly "no-line": NoParameters;
  /** The invocation's process wrote no line, and no other source shows an attempt. */
  readonly "nothing-shows": NoParameters;
  /** The same, but the invocation failed with an error about a connection. */
  readonly "connection-failed": { readonly error: ConnectionError };
  readonly "answer-or-refusal": NoParameters;
  readonly "answer-encrypted": { readonly by: string };
  readonly "timed-out-silently": NoParameters;
  /** The peer answered the invocation's connection only after the invocation had failed. It may have waited for another client's place. */
  readonly "answered-too-late": NoParameters;
  /** The peer's log has connections that may belong to this invocation or to another invocation. */
  readonly "connections-ambiguous": NoParameters;
  readonly "peer-clock-fits-nowhere": NoParameters;
  readonly "kept-connection-untold": NoParameters;
  /** The invocation may have got another connection later, and the peer's log does not show whether it did. */
  readonly "later-connection-possible": NoParameters;
  /** An earlier attempt of the process was turned away, and the invocation may have made another one that ended differently. */
  readonly "later-attempt-possible": NoParameters;
  readonly "refusal-unconfirmed": NoParameters;
  /** Nothing listened at the peer, although another connection to it was open. */
  readonly "nothing-listened-meanwhile": NoParameters;
  readonly "attempt-evicted": NoParameters;
  /** The connection was evicted. It is unknown whether the invocation got another one. */
  readonly "evicted-then-untold": NoParameters;
  /** The connection was evicted, and no peer log has a line about this. */
  readonly "evictor-without-log": NoParameters;
  /** The connection was evicted, and the peer's log does not name the client that took its place. */
  readonly "evictor-unnamed": NoParameters;
  /** The connection was evicted, and the peer's log does not show which client was served next. */
  readonly "evictor-not-shown": NoParameters;
  /** The invocation was turned away although no connection is known to have been open. */
  readonly "turned-away-by-nobody": NoParameters;
  /** The invocation had a connection, a second one was refused, and the log does not show whether the invocation failed. */
  readonly "second-connection-refused": NoParameters;
  readonly "limit-unknown": NoParameters;
  /** The server named the limit. The log ends too soon to show that a holder whom this limit counts was idle. */
  readonly "log-ends-soon": NoParameters;
  /** The server named the limit. It is unknown whether a holder whom this limit counts was at work. */
  readonly "counted-work-unknown": NoParameters;
  /** Fewer places were held throughout the attempt than the peer has, as far as is known. */
  readonly "places-not-held": { readonly held: number; readonly places: number };
  /** More places were held than the peer has, so lines about the ends of connections are missing. */
  readonly "more-held-than-places": { readonly held: number; readonly places: number };
  /** All places were held. For at least one holder it is unknown whether it was at work. */
  readonly "work-unknown": { readonly places: number };
  readonly "holder-unknown": { readonly why: HolderUnknown };
}

export type HarmUnknown = Coded<HarmUnknownParameters>;
export const harmUnknown = coder<HarmUnknownParameters>();
