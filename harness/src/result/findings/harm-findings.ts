/** Findings of kind harm: which environment kept another one from the peer, or why that is not known. */
import type { OpenedIn } from "../../words/connection-outcome.ts";
import type { ConnectionError } from "../../words/connection-error.ts";
import type { NoParameters } from "../../record/coded.ts";
import type { HarmUnknown } from "./harm-unknown.ts";

export interface HarmFindings {
  readonly "peer-held": PeerHeld;
  readonly "places-held": PlacesHeld;
  readonly "harm-suspected": HarmSuspected;
  readonly "harm-unknown": { readonly invocations: number; readonly why: HarmUnknown };
  readonly "peer-reached": NoParameters;
}

/** Who may have held the peer, where the evidence does not decide it. It never changes a verdict. */
export interface HarmSuspected {
  /** The first suspects, in order of their Inits. `moreSuspects` counts the others. */
  readonly suspects: readonly Suspect[];
  readonly moreSuspects: number;
  /** `likely`: a suspect had a connection, and others were served before. `possible`: nothing shows that a suspect connected. */
  readonly grade: "likely" | "possible";
  /** Invocations that failed while a suspect may have held the peer, of all invocations with such a failure. */
  readonly failures: number;
  readonly ofFailures: number;
  /** What the first failure says. Null if the invocations only ran into their time limit. */
  readonly error: ConnectionError | null;
  /** What fits as well: the machine was down, or another client held it. Null if there is no other client (`--only-client`). */
  readonly otherwise: "machine-down" | "other-client" | null;
  /** The source that would decide it. Null if the evidence has it already. */
  readonly decidedBy: "peer-log" | null;
}

export interface Suspect {
  readonly environment: string;
  /** When its Init began. */
  readonly since: string;
  readonly invocations: number;
}

export interface Harmed {
  /** The first environments that failed. `moreFailed` counts the others. */
  readonly failed: readonly string[];
  readonly moreFailed: number;
  readonly invocations: number;
  readonly durationMs: number;
  readonly untilRunEnd: boolean;
  /** Whether only the function's own lines show a holder. They would not show another client of the peer. */
  readonly ownLinesOnly: boolean;
  /**
   * What the server said to the first client that it turned away. Absent if the protocol is unknown, or if the server only closed the
   * connection.
   */
  readonly refusal?: ServerWords;
}

export interface ServerWords {
  readonly protocol: string;
  readonly code: string;
  readonly text: string | null;
}

/** A harm window, if the peer has one place. */
export interface PeerHeld extends Harmed {
  readonly holder: string;
  /** An earlier process of the environment held the peer, and a later process of the same environment failed. */
  readonly earlierProcess: boolean;
  readonly since: string;
  readonly openedIn: OpenedIn | null;
  /** How many invocations the holder handled, as far as the evidence shows its life. */
  readonly holderInvocations: number;
  /** Present if no line of the holder's Init is in the evidence, so earlier invocations may be missing too. */
  readonly holderInitMissing?: true;
  /**
   * `until` is the end of the holder's connection, and `keptOutAt` the time at which this connection kept the first environment from the
   * peer. Both are present only if the connection had ended before the window began.
   */
  readonly until?: string;
  readonly keptOutAt?: string;
}

/** A harm window, if the peer has several places. */
export interface PlacesHeld extends Harmed {
  /** The first connections by which idle environments held places, oldest first. `moreHolders` counts the other connections. */
  readonly holders: readonly PlaceHolder[];
  readonly moreHolders: number;
  /** The most places that idle environments held together when an invocation of the window failed. */
  readonly idlePlaces: number;
  /** Null if the number is unknown. */
  readonly places: number | null;
}

interface PlaceHolder {
  readonly environment: string;
  readonly earlierProcess: boolean;
  readonly since: string;
  readonly openedIn: OpenedIn | null;
  /** Invocations that the environment handled in its whole life, as far as the evidence shows its life. */
  readonly invocations: number;
  /** Present if no line of the environment's Init is in the evidence, so earlier invocations may be missing too. */
  readonly initMissing?: true;
}
