/** Findings of kind discipline: connections that a function opens in Init, or keeps open across a freeze or at its shutdown. */
import type { OpenedIn } from "../../words/connection-outcome.ts";
import { coder, type Coded, type NoParameters } from "../../record/coded.ts";

export interface PeakOfPlaces {
  readonly environments: number;
  readonly perEnvironment: number;
}

/** A connection that was being closed when its environment was frozen. */
export interface CloseUnderWay {
  /**
   * The time from the end of the invocation to the function's message at which the server closes the connection: its goodbye or its FIN.
   * Null if the process ended without this message, or if the time is unknown.
   */
  readonly missedByMs: number | null;
  /** The time from the START that thawed the environment to that message. Null in the same cases as `missedByMs`. */
  readonly afterThawMs: number | null;
  /** The protocol, if the function said goodbye and servers of this protocol keep the connection until the FIN. */
  readonly awaitedFin?: string;
}

export interface DisciplineFindings {
  readonly "opened-in-init": { readonly environment: string; readonly accepted: boolean };
  /**
   * Code of the Init began to connect and did not await it. The connection was made after the Init phase and before the first invocation.
   */
  readonly "left-from-init": { readonly environment: string; readonly accepted: boolean };
  readonly "opened-in-init-unknown": {
    readonly environment: string;
    readonly why: InitConnectionsUnknown | ConnectionsUnknown;
  };
  readonly "none-opened-in-init": NoParameters;
  readonly "held-across-freeze": {
    readonly environment: string;
    readonly openedIn: OpenedIn | null;
    /** Present if the handler had begun to close the connection and returned too early. */
    readonly closing?: CloseUnderWay;
  };
  readonly "held-across-freeze-unknown": {
    readonly environment: string;
    readonly why: ConnectionEndUnknown | ConnectionsUnknown;
  };
  readonly "none-held-across-freeze": NoParameters;
  readonly "open-at-shutdown": { readonly environment: string };
  readonly "open-at-shutdown-unknown": { readonly environment: string };
  readonly "none-open-at-shutdown": NoParameters;
  readonly "no-environment": NoParameters;
  /** An attempt was refused so soon after a connection was closed that the server had not freed the place. */
  readonly "place-not-yet-free": {
    readonly closer: string;
    readonly refused: string;
    readonly withinMs: number;
  };
  readonly "none-refused-too-early": NoParameters;
  /** `environments` were alive at one time, each with up to `perEnvironment` connections. */
  readonly "peak-above-capacity": PeakOfPlaces & { readonly places: number };
  readonly "peak-within-capacity": PeakOfPlaces & { readonly places: number };
  /**
   * It is unknown whether the peak is within the capacity. If `places` is null, the number of places is unknown. Otherwise the ends of
   * environments or connections are unknown.
   */
  readonly "peak-unknown": PeakOfPlaces & { readonly places: number | null };
}

export interface ConnectionsUnknownParameters {
  readonly "connections-not-shown": NoParameters;
  /** The connection numbers in the peer's log have gaps, so connections may be missing. */
  readonly "connections-not-counted": NoParameters;
}

export interface InitConnectionsUnknownParameters {
  readonly "no-boot": NoParameters;
  readonly "init-before-evidence": NoParameters;
  readonly "init-end-missing": NoParameters;
  readonly "boot-line-missing": NoParameters;
}

export interface ConnectionEndUnknownParameters {
  readonly "connection-end-missing": NoParameters;
  /** There is no `disconnect` line, and nothing shows that the function writes one when it closes a connection. */
  readonly "disconnects-not-written": NoParameters;
}

export type ConnectionsUnknown = Coded<ConnectionsUnknownParameters>;
export type InitConnectionsUnknown = Coded<InitConnectionsUnknownParameters>;
export type ConnectionEndUnknown = Coded<ConnectionEndUnknownParameters>;
export const connectionsUnknown = coder<ConnectionsUnknownParameters>();
export const initConnectionsUnknown = coder<InitConnectionsUnknownParameters>();
export const connectionEndUnknown = coder<ConnectionEndUnknownParameters>();
