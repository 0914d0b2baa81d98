/**
 * Keeps those connections of a server's log that can hold places of the limit that turned the function away. A server has more clients than
 * that: if the limit is that of a role, a connection of another role takes none of its places (docs/checks.md#more-than-one-place). Null if
 * the function met several limits, because then nothing says whose places count for which refusal.
 */
import type { PeerLogRecord, ServerLogWords } from "../../domain/peer-log.ts";

/** `isOwn` says whether the record is about a connection of the function. */
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
  // Without a connection of the function nothing shows its role.
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
    // A limit of the whole server counts everybody. So may one whose words are lost.
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

/** Whether this refusal is by a limit that counts clients of the function. */
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

/** Connection numbers are unique only between two `ready` lines. */
function connectionKeys(records: readonly PeerLogRecord[]): readonly string[] {
  let life = 0;
  return records.map(({ event, connection }) => {
    if (event === "ready") life += 1;
    return `${life} ${connection ?? ""}`;
  });
}
