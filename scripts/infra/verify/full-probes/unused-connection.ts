/** The connection of the environment that the row `harm` made: initialised, never invoked, frozen, and served by the peer. */
import { z } from "zod";
import { parseJson } from "../../../../harness/src/base/json-object.ts";
import { PEER_EVENTS } from "../../../../harness/src/record/peer-log.ts";

export const LABEL = "init-connect";

const RECORD = z.object({
  event: z.enum(PEER_EVENTS),
  connection: z.number(),
  hello: z.object({ logStream: z.string().nullish() }).nullish(),
});

export interface UnusedConnection {
  readonly connection: number;
  readonly version: string;
  /** The event with which the connection ended. Null while it is open. */
  readonly end: string | null;
}

/** The records of the peer's log. `logStream` is empty if the client named none. */
export function peerRecords(lines: readonly string[]) {
  return lines
    .flatMap((line) => RECORD.safeParse(parseJson(line)).data ?? [])
    .map(({ event, connection, hello }) => ({ event, connection, logStream: hello?.logStream ?? "" }));
}

/** Null if no environment of a published version was served. */
export function unusedConnection(lines: readonly string[]): UnusedConnection | null {
  const records = peerRecords(lines);
  const accepted = records.findLast(
    ({ event, logStream }) => event === "accepted" && versionIn(logStream) !== null,
  );
  if (accepted === undefined) return null;
  const { connection, logStream } = accepted;
  const end = records
    .slice(records.indexOf(accepted) + 1)
    .find((one) => one.connection === connection && one.event !== "request");
  return { connection, version: versionIn(logStream) ?? "", end: end?.event ?? null };
}

const versionIn = (stream: string): string | null => /\[(\d+)\]/.exec(stream)?.[1] ?? null;
