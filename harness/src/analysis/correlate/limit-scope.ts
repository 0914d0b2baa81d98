/**
 * Keeps only connections of a server's log that can hold places under the limit that turned the function away. For example, a role's own
 * limit does not count connections of other roles (docs/checks.md#more-than-one-place).
 */
import type { PeerLogRecord, ServerLogWords } from "../../record/peer-log.ts";

/** Null if several limits turned the function away, because then it is unknown which one counts a connection. */
export function inScopeOfLimit(
  records: readonly PeerLogRecord[],
  isOwn: (record: PeerLogRecord) => boolean,
): readonly PeerLogRecord[] | null {
  const keys = connectionKeys(records);
  const connectionsWith = (wanted: (record: PeerLogRecord) => boolean): ReadonlySet<string> =>
    new Set(keys.filter((_, index) => wanted(records[index] as PeerLogRecord)));
  const ownKeys = connectionsWith(isOwn);
  const own = records.filter((_, index) => ownKeys.has(keys[index] ?? ""));
  const users = namesOf(own, "user");
  // Without a connection that is known to be the function's, the function's role is unknown.
  if (users.size === 0) return records;
  const met = records.filter(
    ({ event, server }) =>
      event === "refused" && isMet(server, { users, databases: namesOf(own, "database") }),
  );
  const limits = new Set(met.map(({ server }) => server?.limit ?? null));
  const [limit = "no refusal"] = limits;
  if (limits.size > 1) return null;
  const counted =
    limit === "user" ? namesOf(met, "user") : limit === "database" ? namesOf(met, "database") : users;
  if (limit !== "no refusal" && counted.size > 1 && (limit === "user" || limit === "database")) return null;
  const inScope = (server: ServerLogWords): boolean => {
    // A limit of the whole server counts all clients. An unknown limit may do so, too.
    if (limit === "server" || limit === null) return true;
    const name = limit === "database" ? server.database : server.user;
    return name === null || counted.has(name);
  };
  const kept = connectionsWith(({ server }) => server !== undefined && inScope(server));
  const left = connectionsWith(({ server }) => server !== undefined && !inScope(server));
  return records.filter(({ event }, index) => {
    const key = keys[index] ?? "";
    return event === "ready" || (kept.has(key) && !left.has(key));
  });
}

/**
 * Whether the function may have met the limit of this refusal. For a limit of a database, the refused database must be one of the
 * function's; otherwise the refused user must be one of the function's. If the log does not name the database or the user, it may be the
 * function's. False if the limit is not a number of places.
 */
function isMet(
  server: ServerLogWords | undefined,
  own: { readonly users: ReadonlySet<string>; readonly databases: ReadonlySet<string> },
): boolean {
  if (server === undefined || server.limit === "none") return false;
  const { limit, user, database } = server;
  if (limit === "user") return user === null || own.users.has(user);
  if (limit === "database") return database === null || own.databases.has(database);
  return user === null || own.users.has(user);
}

function namesOf(records: readonly PeerLogRecord[], which: "user" | "database"): ReadonlySet<string> {
  return new Set(records.flatMap(({ server }) => server?.[which] ?? []));
}

/**
 * The key of a connection contains the number of `ready` lines before it, because connection numbers begin anew after each `ready` line.
 */
function connectionKeys(records: readonly PeerLogRecord[]): readonly string[] {
  let life = 0;
  return records.map(({ event, connection }) => {
    if (event === "ready") life += 1;
    return `${life} ${connection ?? ""}`;
  });
}
