/**
 * The facts of one function and one server: what all sources together say about hidden values. Each fact is a sighting of one event; the
 * words of a source, its lags and its joins with other sources are behind them, and nothing here knows them.
 */
import type { EventSighting } from "./sighting.ts";

/** The owner of a connection, or of hidden clients, that is no process of the function: another function, an engineer, a monitor. */
export const STRANGER = "stranger";

/** One boot of an execution environment. */
export interface ProcessFacts {
  readonly id: string;
  readonly environment: string;
  /** Its number in its environment: a later boot has a higher number. */
  readonly boot: number;
  readonly began: EventSighting;
  readonly initEnded: EventSighting;
  readonly ended: EventSighting;
  /** Whether its end told nobody (the machine was lost, so no FIN was sent). */
  readonly endedSilently: boolean | "unknown";
  /** Whether `connections` has every connection that it opened. */
  readonly attemptsComplete: boolean;
}

export interface InvocationFacts {
  readonly id: string;
  readonly process: string;
  readonly began: EventSighting;
  readonly ended: EventSighting;
  readonly failed: boolean;
}

export interface ConnectionFacts {
  readonly id: string;
  /** The processes that can have opened it, or `STRANGER`. */
  readonly owners: readonly string[];
  /** The name that its client gave to the server, if this server tells clients apart by a name. */
  readonly name: string | null;
  /** The limits of the server that count it, as indices of `Server.scopes`. */
  readonly scopes: readonly number[];
  /** Its request to connect reached the server. */
  readonly asked: EventSighting;
  /** The client sent its first byte. */
  readonly spoke: EventSighting;
  /** The server looked at it and let it wait. */
  readonly queued: EventSighting;
  /** The server gave it a place. */
  readonly placed: EventSighting;
  /** The server decided against it. */
  readonly turnedAway: EventSighting;
  /** The server took its place for a newer client. */
  readonly evicted: EventSighting;
  /** The server's first byte. */
  readonly firstByte: EventSighting;
  /** The server's FIN or RST, or its refusal of the request to connect. */
  readonly serverClosed: EventSighting;
  /** The client was gone, and the server was told (FIN, RST, goodbye). */
  readonly ended: EventSighting;
  /** Its place was free again after its client had gone. */
  readonly freed: EventSighting;
  /** Exchanges of a request and its answer, in their order. */
  readonly used: readonly EventSighting[];
  /** Whether `used` has every exchange. */
  readonly usesComplete: boolean;
}

/** A time in which clients that no line shows can have had places. Each of them came and went within it. */
export interface HiddenClients {
  /** The environment that could have had them, or `STRANGER`. */
  readonly owner: string;
  readonly scopes: readonly number[];
  readonly from: number;
  readonly to: number;
}

export interface Facts {
  readonly processes: readonly ProcessFacts[];
  readonly invocations: readonly InvocationFacts[];
  readonly connections: readonly ConnectionFacts[];
  readonly hidden: readonly HiddenClients[];
  /** Whether more than one invocation can run at one time. */
  readonly concurrent: boolean;
  /** The first and the last moment of the evidence. */
  readonly begin: number;
  readonly end: number;
}
