/**
 * The hidden values of a server that are the same for the whole run: its places and its manner. The judge tries each combination that the
 * protocol and the settings allow; a claim ranges over the histories of all combinations for which at least one history fits.
 */
import type { Lags } from "./lags.ts";

export interface Manner {
  /**
   * When the server looks at a client: `connect` at its request to connect (the system refuses it when nobody listens), `accept` soon
   * afterwards, `speech` only after the client's first byte (a login). A client that nobody has looked at has no place.
   */
  readonly stage: "connect" | "accept" | "speech";
  /** How many clients wait for a place. 0: none; Infinity: the system's own queue. */
  readonly queue: number;
  /**
   * What happens to the client that is one too many, after the queue: it is closed without a word, or after words; or another client is
   * ended for it: the one that was placed first, any one, or the one with the same name. (A server that knows names ends that one even if
   * it has a free place, and closes the newcomer if it is full without one.)
   */
  readonly full: "closes" | "says-no" | "evicts-oldest" | "evicts-any" | "evicts-same-name";
  /** Whether the server looks at clients in the order in which they asked (or spoke, if it waits for that). */
  readonly ordered: boolean;
  /** Whether it greets a client that has a place, without being asked. */
  readonly greets: boolean;
  /** Whether a client counts from its request on, before the server has decided (Postgres). */
  readonly counted: boolean;
  /** Whether the server ends clients that have a place for reasons of its own (idle time, restart). */
  readonly endsClients: boolean;
}

export interface Server {
  /** The places of each limit. A connection needs a place in each limit that counts it. */
  readonly scopes: readonly number[];
  readonly manner: Manner;
  readonly lags: Lags;
}
