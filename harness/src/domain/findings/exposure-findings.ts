/** Findings of kind exposure: environments that were alive at the same time, never invoked, replaced or reset. */
import type { ResetKind } from "../platform-words.ts";
import type { NoParameters } from "./coded.ts";

export interface PlacesExposed {
  readonly invoked: string;
  /** The first of the other environments, and how many more there were. */
  readonly alive: readonly string[];
  readonly moreAlive: number;
  /** The most connections that one environment was seen to hold at one time. */
  readonly perEnvironment: number;
  /** Null if the function is meant to keep connections: then one idle environment is an exposure, whatever the number of places. */
  readonly places: number | null;
  /**
   * The other environments count as alive only because an environment is assumed to live this long after its Init. Null if log lines show that they
   * were alive.
   */
  readonly assumedLifeMs: number | null;
}

/** How often the peer ended a connection of one environment because another environment connected, and what that meant for invocations. */
export interface TakenOver {
  readonly times: number;
  /** The time from the first to the last end of such a connection. */
  readonly durationMs: number;
  /** The number of invocations that lost their connection, waited for another one and got it. */
  readonly delayed: number;
  /** The longest wait of these invocations. Null if none waited. */
  readonly longestWaitMs: number | null;
  /** The number of invocations that lost their connection and got no other one. They are harmed. */
  readonly withoutConnection: number;
}

export interface ExposureFindings {
  readonly "environments-overlapped": {
    readonly invoked: string;
    readonly alive: string;
    /**
     * The other environment counts as alive only because an environment is assumed to live this long after its Init. Null if log lines show that
     * it was alive.
     */
    readonly assumedLifeMs: number | null;
    /** Whether the end of the other environment's Init is inferred. */
    readonly initEndInferred: boolean;
  };
  readonly "no-overlap": NoParameters;
  /** The peer has several places, and the other live environments could hold all of them. */
  readonly "places-exposed": PlacesExposed;
  /** `reached`: the most places that other live environments could have held at a START. */
  readonly "places-not-exposed": { readonly reached: number; readonly places: number };
  /** It is unknown how many places the peer has. */
  readonly "places-not-known": NoParameters;
  /** The function is meant to keep connections, and no other environment was idle when an invocation began. */
  readonly "none-idle": NoParameters;
  readonly "never-invoked": { readonly environment: string; readonly initEndInferred: boolean };
  /** Environments whose START may not be in the logs yet, or whose Init is not in the evidence. */
  readonly "never-invoked-open": { readonly environments: number };
  readonly "all-invoked": NoParameters;
  readonly "environment-replaced": { readonly later: string; readonly earlier: string };
  readonly "none-replaced": NoParameters;
  readonly "process-reset": {
    readonly environment: string;
    readonly reset: ResetKind;
  };
  readonly "none-reset": NoParameters;
  readonly "taken-over": TakenOver & { readonly evicter: string; readonly victim: string };
  /** Two environments took the connection from each other, at least three times in a row. */
  readonly "taken-over-in-turn": TakenOver & {
    readonly first: string;
    readonly second: string;
    /** Whether a client connected again by itself, without a new invocation. */
    readonly reconnecting: boolean;
  };
  /** The peer ended connections because other clients connected, and nothing shows in which environments these clients ran. */
  readonly "evicter-unknown": { readonly connections: number };
  /** The peer ended connections without a reason within this time after another environment had connected. */
  readonly "perhaps-taken-over": { readonly connections: number; readonly withinMs: number };
  readonly "none-taken-over": NoParameters;
  readonly "init-repeated": { readonly environment: string };
  readonly "no-init-repeated": NoParameters;
}
