/**
 * A protocol as seen from outside, by whoever relays or records a connection: a pure function of the first bytes of both sides, in
 * order, and of how the connection ended. What a function's own client makes of the same bytes is in functions/src/connection.
 */
import type { AttemptOutcome, ConnectionEndKind } from "../domain/connection-outcome.ts";
import type { Ending } from "../domain/plan.ts";

/** So much of each side is looked at: the longest greeting that is known has 518 bytes. */
export const FIRST_BYTES_MAX = 1024;

export interface Said {
  readonly from: "function" | "peer";
  readonly bytes: Uint8Array;
}

export interface SeenConnection {
  /** Whether TCP reached the peer. Null: not yet, and not refused yet. */
  readonly reached: boolean | null;
  /** The first bytes of both sides in the order in which they came. Empty where they were not kept. */
  readonly said: readonly Said[];
  /** Whether the peer sent anything, also where the bytes were not kept. */
  readonly peerSpoke: boolean;
  /** Since the peer was reached; Infinity: it is still open, or its end was not seen. */
  readonly lastedMs: number;
  /** Null: it has not ended. */
  readonly end: SeenEnd | null;
}

export interface SeenEnd {
  /** `environment`: it ended with its environment. Null: not known. */
  readonly by: "function" | "peer" | "environment" | null;
  readonly how: Ending | null;
}

export interface Reading {
  /** Null: the bytes fit nothing that the protocol knows, or it is too early to say. */
  readonly attempt: AttemptOutcome | null;
  /** Null: it has not ended. */
  readonly end: ConnectionEndKind | null;
  /** The server's own code and text, where they were seen. */
  readonly code: string | null;
  readonly text: string | null;
  /** The name that the client gave itself. */
  readonly clientName: string | null;
  /** Whether the function ended it in the way of the protocol, and not by TCP alone. */
  readonly goodbye: boolean;
}

export interface Protocol {
  readonly name: string;
  /** Older names, still taken. */
  readonly aliases: readonly string[];
  /** Whether these first bytes are of this protocol. Null: too few came. */
  readonly recognises: (said: readonly Said[]) => boolean | null;
  readonly read: (seen: SeenConnection) => Reading;
}

/** What each protocol begins with: nothing is known but what TCP shows. */
export function readTcp({ reached, peerSpoke, end }: SeenConnection): Reading {
  return {
    attempt: attemptByTcp(reached, peerSpoke, end),
    end: end === null ? null : "closed",
    code: null,
    text: null,
    clientName: null,
    goodbye: false,
  };
}

/** Half of the servers refuse without a byte; whether they do it by FIN or RST is chance. */
function attemptByTcp(
  reached: boolean | null,
  peerSpoke: boolean,
  end: SeenEnd | null,
): AttemptOutcome | null {
  if (reached === false) return "peer-down";
  if (reached === null || peerSpoke || end === null) return null;
  return end.by === "peer" ? "refused" : "timed-out";
}
