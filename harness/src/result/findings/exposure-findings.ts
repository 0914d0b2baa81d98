/** Findings of kind exposure: environments that were alive at the same time, never invoked, replaced or reset. */
import type { ResetKind } from "../../words/platform-words.ts";
import type { NoParameters } from "../../record/coded.ts";

export interface PlacesExposed {
  readonly invoked: string;
  /** The first few of the other environments. `moreAlive` counts the rest. */
  readonly alive: readonly string[];
  readonly moreAlive: number;
  readonly perEnvironment: number;
  /** Null if the function is meant to keep connections. Then one idle environment is an exposure. */
  readonly places: number | null;
  /** How long after its Init an environment was assumed to live. Null if log lines show that it was alive. */
  readonly assumedLifeMs: number | null;
  /** The lever of `--provoke` that made the exposure. Absent if no lever did. */
  readonly provokedBy?: string;
}

/** The peer ended connections of one environment because another environment connected. */
export interface TakenOver {
  readonly times: number;
  /** The time from the first to the last end of such a connection. */
  readonly durationMs: number;
  /** Invocations that lost their connection, waited for another one and got it. */
  readonly delayed: number;
  /** Null if no invocation waited. */
  readonly longestWaitMs: number | null;
  /** Invocations that lost their connection and got no other one. They are harmed. */
  readonly withoutConnection: number;
}

/** Environments of the function `holder` were connected while invocations of the function `turnedAway` could not connect. */
export interface CompetingFunctions {
  readonly holder: string;
  /** The first environments of `holder`. `moreEnvironments` counts the others. */
  readonly environments: readonly string[];
  readonly moreEnvironments: number;
  readonly turnedAway: string;
  readonly invocations: number;
}

export interface ExposureFindings {
  readonly "environments-overlapped": {
    readonly invoked: string;
    readonly alive: string;
    /** How long after its Init an environment was assumed to live. Null if log lines show that it was alive. */
    readonly assumedLifeMs: number | null;
    readonly initEndInferred: boolean;
    /** The lever of `--provoke` that made the exposure. Absent if no lever did. */
    readonly provokedBy?: string;
  };
  readonly "no-overlap": NoParameters;
  /** Other live environments could hold all places of the peer. */
  readonly "places-exposed": PlacesExposed;
  /** `reached`: the most places that other live environments could have held at a START. */
  readonly "places-not-exposed": { readonly reached: number; readonly places: number };
  readonly "places-not-known": NoParameters;
  /** The function is meant to keep connections, and no other environment was idle when an invocation began. */
  readonly "none-idle": NoParameters;
  readonly "never-invoked": { readonly environment: string; readonly initEndInferred: boolean };
  readonly "never-invoked-open": { readonly environments: number };
  readonly "starts-not-shown": { readonly environments: number };
  readonly "all-invoked": NoParameters;
  readonly "environment-replaced": { readonly later: string; readonly earlier: string };
  readonly "none-replaced": NoParameters;
  readonly "process-reset": {
    readonly environment: string;
    readonly reset: ResetKind;
  };
  readonly "none-reset": NoParameters;
  readonly "taken-over": TakenOver & { readonly evicter: string; readonly victim: string };
  readonly "taken-over-in-turn": TakenOver & {
    readonly first: string;
    readonly second: string;
    /** Whether a client connected again by itself, without a new invocation. */
    readonly reconnecting: boolean;
  };
  /** The peer ended connections because other clients connected, and nothing shows in which environments these clients ran. */
  readonly "evicter-unknown": { readonly connections: number };
  /** The peer ended connections without a stated reason, at most `withinMs` after another environment had connected. */
  readonly "perhaps-taken-over": { readonly connections: number; readonly withinMs: number };
  readonly "none-taken-over": NoParameters;
  /** The peer's log shows that the two functions use one peer. `places` is null if the number of its places is unknown. */
  readonly "peer-shared": CompetingFunctions & { readonly places: number | null };
  /** Nothing shows whether the two functions use one peer. */
  readonly "peer-perhaps-shared": CompetingFunctions;
  readonly "init-repeated": { readonly environment: string };
  readonly "no-init-repeated": NoParameters;
}
