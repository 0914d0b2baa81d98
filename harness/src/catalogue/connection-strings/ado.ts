/** The form of ADO.NET and ODBC: `Server=tcp:db,1433;Database=app`, `Host=db;Port=5432;Username=app`. Keys are case-insensitive. */
import type { ConnectionString, ConnectionForm, NoAddress } from "./connection-string.ts";
import { readPort } from "./host-list.ts";
import { pairedHosts, type ValueSpan } from "./paired-hosts.ts";
import { standardPort } from "./standard-ports.ts";

/**
 * Spaces around key and value are part of the match and are trimmed later. With separate repetitions for them, the search could backtrack
 * for minutes. A value that begins with a quote, but has other text behind the second quote, is not quoted.
 */
const PAIR =
  /([^=;]+)=\s*(?:("(?:[^"]|"")*"|'(?:[^']|'')*')\s*(?:;|$)|(\{[^}]*\}[^;]*|(?:[^;\s][^;]*)?)(?:;|$))/y;
/** For the text behind the last brace, in which each opening brace would be searched for its end. */
const PLAIN_PAIR = /([^=;]+)=\s*(?:("(?:[^"]|"")*"|'(?:[^']|'')*')\s*(?:;|$)|((?:[^;\s][^;]*)?)(?:;|$))/y;
const END = /(?<![\s;])[\s;]*$/;
const SERVER_KEYS = ["server", "data source", "datasource", "addr", "address", "network address"];

type Value = ValueSpan & { readonly end: number };

export const readAdo: ConnectionForm = (text) => {
  const values = new Map<string, Value>();
  const end = text.search(END);
  const lastBrace = text.lastIndexOf("}");
  let at = 0;
  while (at < end) {
    const pair = at < lastBrace ? PAIR : PLAIN_PAIR;
    pair.lastIndex = at;
    const match = pair.exec(text);
    if (match === null) {
      if (text[at] !== ";") return null;
      at += 1;
      continue;
    }
    at = pair.lastIndex;
    const [whole, key = ""] = match;
    const written = (match[2] ?? match[3] ?? "").trimEnd();
    const start = match.index + whole.indexOf(written, whole.indexOf("=") + 1);
    const quoted = /^["'{]/.test(written) && written.length >= 2 && /["'}]$/.test(written);
    values.set(key.trim().toLowerCase(), {
      start: start + (quoted ? 1 : 0),
      text: quoted ? written.slice(1, -1) : written,
      end: start + written.length,
    });
  }
  const port = values.get("port") ?? null;
  const host = values.get("host");
  if (host !== undefined) return hostAndPort(host, port, standardPort("postgres"));
  const key = SERVER_KEYS.find((one) => values.has(one));
  const server = key === undefined ? undefined : values.get(key);
  if (server === undefined) return null;
  return ofSqlServer(server) ?? (port === null ? withoutPort(server) : hostAndPort(server, port, null));
};

function hostAndPort(host: Value, port: Value | null, standard: number | null): ConnectionString | null {
  return pairedHosts({
    host,
    port,
    standard,
    writePort: (number) => `;Port=${number}`,
    portAt: host.end,
  });
}

/** `tcp:db,1433` and `db\INSTANCE,1433`. */
function ofSqlServer({ start, text }: Value): ConnectionString | null {
  const match = /^(\s*(?:tcp:\s*)?)([^\s:,;\\]+)(?:\\[^,]*|\s*),\s*(\d{1,5})\s*$/i.exec(text);
  const port = readPort(match?.[3] ?? "", null);
  if (match?.[2] === undefined || port === null || port === undefined) return null;
  const begin = start + (match[1] ?? "").length;
  return {
    addresses: [{ host: match[2], port }],
    parts: [{ start: begin, end: start + text.trimEnd().length, write: (to) => `${to.host},${to.port}` }],
  };
}

function withoutPort({ text }: Value): ConnectionString | NoAddress | null {
  return /^(?:tcp:)?[^\s:,;\\()]+(?:\\[^,]*)?$/i.test(text.trim())
    ? { problem: "names no port: write it as Server=HOST,PORT or Server=HOST;Port=PORT" }
    : null;
}
