/** The form of PostgreSQL's libpq: `host=db port=5432 user=app password='it''s odd'`. */
import type { ConnectionForm } from "./connection-string.ts";
import { pairedHosts, type ValueSpan } from "./paired-hosts.ts";
import { standardPort } from "./standard-ports.ts";

const PAIR = /\s*([a-z_]+)\s*=\s*('(?:[^'\\]|\\[^])*'|(?:(?!')(?:[^\s\\]|\\[^])+)?)(?=\s|$)/y;

export const readKeyValueDsn: ConnectionForm = (text) => {
  const values = new Map<string, ValueSpan & { readonly end: number }>();
  PAIR.lastIndex = 0;
  const textEnd = text.trimEnd().length;
  while (PAIR.lastIndex < textEnd) {
    const match = PAIR.exec(text);
    if (match === null) return null;
    const [, key = "", written = ""] = match;
    const end = PAIR.lastIndex;
    const quoted = written.startsWith("'");
    const inner = quoted ? written.slice(1, -1) : written;
    values.set(key, { start: end - written.length + (quoted ? 1 : 0), text: inner, end });
  }
  const host = values.get("hostaddr") ?? values.get("host");
  if (host === undefined) return null;
  if (host.text.startsWith("/"))
    return { problem: "names a Unix socket, but a link relays only TCP connections" };
  return pairedHosts({
    host,
    port: values.get("port") ?? null,
    standard: standardPort("postgres"),
    writePort: (port) => ` port=${port}`,
    portAt: host.end,
  });
};
