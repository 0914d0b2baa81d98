/** Combines what TCP shows of a connection with what a protocol found in the bytes. */
import type { AttemptOutcome } from "../../words/connection-outcome.ts";
import { readTcp, type Reading, type SeenConnection } from "./protocol.ts";

export interface ServerSays {
  readonly attempt: AttemptOutcome | null;
  readonly code: string | null;
  readonly text: string | null;
  /** False if the server refused for another reason than a lack of places, such as a limit on the rate of connections. */
  readonly countsPlaces?: boolean;
  readonly limit?: Reading["limit"];
}

export interface BytesFound {
  readonly answer: ServerSays | null;
  readonly clientName?: string | null;
  readonly session?: string | null;
  readonly user?: string | null;
  readonly database?: string | null;
  readonly goodbye?: boolean | null;
  /** Whether an accepted client asked for something and the server sent nothing more. */
  readonly unanswered?: boolean;
  /** The server's reason for ending a connection that it had accepted. */
  readonly ended?: { readonly code: string; readonly text: string | null; readonly evicted?: boolean } | null;
}

export const ACCEPTED: ServerSays = { attempt: "accepted", code: null, text: null };

export function conclude(seen: SeenConnection, found: BytesFound): Reading {
  const tcp = readTcp(seen);
  const { answer, user, database } = found;
  const ended = seen.end === null ? null : (found.ended ?? null);
  return {
    attempt: answer === null ? tcp.attempt : attemptOf(seen, found, answer),
    end: ended?.evicted === true ? "evicted" : tcp.end,
    code: ended?.code ?? answer?.code ?? null,
    text: (ended === null ? answer?.text : ended.text) ?? null,
    clientName: found.clientName === "" ? null : (found.clientName ?? null),
    session: found.session ?? null,
    countsPlaces: answer?.countsPlaces ?? true,
    ...(answer?.limit === undefined ? {} : { limit: answer.limit }),
    ...(user == null ? {} : { user }),
    ...(database == null ? {} : { database }),
    goodbye: found.goodbye ?? null,
  };
}

/**
 * A server with a queue lets a client log in before it has a place (docs/servers.md). So an unanswered first request has an outcome only if
 * the function ended the connection by itself. If the process was killed, nothing shows how long it would have waited.
 */
function attemptOf(
  { end }: SeenConnection,
  { unanswered }: BytesFound,
  { attempt }: ServerSays,
): AttemptOutcome | null {
  if (unanswered !== true || attempt !== "accepted") return attempt;
  return end?.by === "function" && end.killed !== true ? "timed-out" : null;
}
