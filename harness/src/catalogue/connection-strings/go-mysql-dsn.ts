/** The form of Go's MySQL driver: `user:password@tcp(db:3306)/app?parseTime=true`. The password may contain any character. */
import type { ConnectionForm } from "./connection-string.ts";
import { readHostList } from "./host-list.ts";
import { standardPort } from "./standard-ports.ts";

export const readGoMysqlDsn: ConnectionForm = (text) => {
  // Like the driver, this uses the last slash, and the last @ before it.
  const slash = text.lastIndexOf("/");
  const start = text.slice(0, Math.max(slash, 0)).lastIndexOf("@") + 1;
  const match = /^([a-z][a-z0-9+.-]*)\((.*)\)$/i.exec(text.slice(start, Math.max(slash, 0)));
  if (match === null) return null;
  const [, network = "", address = ""] = match;
  if (network.toLowerCase() === "unix") return SOCKET;
  return readHostList(address, start + network.length + 1, standardPort("mysql"));
};

const SOCKET = { problem: "names a Unix socket, but a link relays only TCP connections" };
