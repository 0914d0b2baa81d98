/** The form of Go's MySQL driver: `user:password@tcp(db:3306)/app?parseTime=true`. The password may hold any character. */
import type { ConnectionForm } from "./connection-string.ts";
import { readHostList } from "./host-list.ts";
import { standardPort } from "./standard-ports.ts";

export const readGoMysqlDsn: ConnectionForm = (text) => {
  // The driver too looks for the last slash, and for the last @ before it.
  const slash = text.lastIndexOf("/");
  const start = text.slice(0, Math.max(slash, 0)).lastIndexOf("@") + 1;
  const match = /^([a-z][a-z0-9+.-]*)\((.*)\)$/i.exec(text.slice(start, Math.max(slash, 0)));
  if (match === null) return null;
  const [, network = "", address = ""] = match;
  if (network.toLowerCase() === "unix") return SOCKET;
  return readHostList(address, start + network.length + 1, standardPort("mysql"));
};

const SOCKET = { problem: "leads to a Unix socket, and a link relays TCP connections only" };
