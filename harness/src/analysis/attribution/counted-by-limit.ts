/**
 * Decides whether the limit that made a server turn a client away also counts the connection of another client (docs/servers.md#refused). A
 * limit of a user or a database counts the clients that named the same user or database.
 */
import type { Attempt } from "../timeline/environment.ts";

/** Returns false if this is not known. */
export function isCountedByLimit(hold: Attempt, refused: Attempt): boolean {
  // Of a real server's log, only some connections are kept: those that can hold a place under the limit that turned the function away.
  if (refused.peer?.limit != null) return true;
  const { link } = refused;
  switch (link?.limit) {
    case "server":
      return true;
    case "user":
      return link.user !== null && link.user === hold.link?.user;
    case "database":
      return link.database !== null && link.database === hold.link?.database;
    default:
      return false;
  }
}
