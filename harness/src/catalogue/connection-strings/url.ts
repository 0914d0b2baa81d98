/**
 * Reads URLs, also JDBC URLs and URLs with several hosts: `postgres://user:password@db:5432/app`, `jdbc:mysql://a:3306,b:3306/app`,
 * `amqp://broker`. Reads several URLs too, if commas or spaces separate them.
 */
import type { ConnectionString, ConnectionForm, NoAddress } from "./connection-string.ts";
import { readHostList } from "./host-list.ts";
import { pairedHosts, type ValueSpan } from "./paired-hosts.ts";
import { standardPort } from "./standard-ports.ts";

const SCHEME = /^\s*(jdbc:[a-z][a-z0-9+.-]*(?::[a-z0-9+.-]+)*|[a-z][a-z0-9+.-]*):\/\//i;
const BETWEEN_URLS = /(?<![,\s])[,\s]+(?=[a-z][a-z0-9+.-]*:\/\/)/gi;

export const readUrl: ConnectionForm = (text) => {
  if (!SCHEME.test(text)) return null;
  const several = readSeveral(text);
  return several ?? readOne(text, 0);
};

/** Returns the scheme in lower case. For a JDBC URL, this is the part after `jdbc:`. Null if the text is not a URL. */
export function schemeOf(text: string): string | null {
  return (
    SCHEME.exec(text)?.[1]
      ?.toLowerCase()
      .replace(/^jdbc:/, "") ?? null
  );
}

/** Reads at least two URLs. Null if there is only one, or if one of them cannot be read. */
function readSeveral(text: string): ConnectionString | null {
  const starts = [0, ...[...text.matchAll(BETWEEN_URLS)].map(({ index, 0: gap }) => index + gap.length)];
  if (starts.length < 2) return null;
  const found = starts.map((start, index) => {
    const end = starts[index + 1] ?? text.length;
    return readOne(text.slice(start, end).replace(/(?<![,\s])[,\s]+$/, ""), start);
  });
  const read = found.flatMap((one) => (one !== null && "parts" in one ? [one] : []));
  if (read.length < found.length) return null;
  return {
    addresses: read.flatMap(({ addresses }) => addresses),
    parts: read.flatMap(({ parts }) => parts),
  };
}

function readOne(url: string, at: number): ConnectionString | NoAddress | null {
  const match = SCHEME.exec(url);
  if (match === null) return null;
  const jdbc = /^jdbc:/i.test(match[1] ?? "");
  const scheme = schemeOf(url) ?? "";
  if (scheme.endsWith("+srv"))
    return {
      problem: `is a ${scheme} URL, which finds its hosts and ports in DNS: give a ${scheme.replace("+srv", "")} URL with hosts and ports`,
    };
  const inQuery = /^postgres(?:ql)?$/.test(scheme) ? readQuery(url, at) : null;
  if (inQuery !== null) return inQuery;
  const rest = match[0].length;
  const hostsFrom = (start: number): ConnectionString | null => {
    const length = url.slice(start).search(jdbc ? /[/?#;]/ : /[/?#]/);
    const end = length === -1 ? url.length : start + length;
    const userEnd = url.slice(start, end).lastIndexOf("@") + 1;
    const hosts = url.slice(start + userEnd, end);
    if (hosts.startsWith("%2F") || hosts.startsWith("%2f")) return null;
    return readHostList(hosts, at + start + userEnd, standardPort(scheme));
  };
  const found = hostsFrom(rest);
  if (found !== null) return found;
  // Some clients accept a password with an unescaped slash, question mark or hash. Then the hosts follow an @ behind that character. The last
  // @ between two such characters is tried, beginning at the end of the text.
  let before = url.length;
  while (before > rest) {
    const sign = url.lastIndexOf("@", before - 1);
    if (sign < rest) break;
    const later = hostsFrom(sign + 1);
    if (later !== null) return later;
    before = sign;
    while (before > rest && !/[/?#]/.test(url.charAt(before))) before -= 1;
  }
  return /^%2f/i.test(url.slice(rest).replace(/^[^/?#]*@/, "")) ? SOCKET : null;
}

const SOCKET: NoAddress = { problem: "names a Unix socket, but a link relays only TCP connections" };

/**
 * Parameters of a PostgreSQL URL override its host: `postgresql:///app?host=db&port=5432`. A port before the path also applies to the host
 * in the query (libpq, node-postgres).
 */
function readQuery(url: string, at: number): ConnectionString | NoAddress | null {
  const parameter = (form: RegExp): ValueSpan | null => {
    const match = form.exec(url);
    if (match?.[1] === undefined) return null;
    const start = match.index + match[0].length - match[1].length;
    return { start: at + start, text: match[1] };
  };
  const host = parameter(/[?&]hostaddr=([^&#]*)/) ?? parameter(/[?&]host=([^&#]*)/);
  if (host === null) return null;
  if (/^(?:%2f|\/)/i.test(host.text)) return SOCKET;
  return pairedHosts({
    host,
    port: parameter(/[?&]port=([^&#]*)/) ?? portBeforePath(url, at),
    standard: standardPort("postgres"),
    writePort: (port) => `&port=${port}`,
    portAt: host.start + host.text.length,
  });
}

function portBeforePath(url: string, at: number): ValueSpan | null {
  const match = /^[^/]*:\/\/(?:[^/?#]*@)?(?:\[[^/?#@[\]]*\]|[^/?#@,:[\]]*):(?=(\d+)(?:[/?#]|$))/.exec(url);
  return match?.[1] === undefined ? null : { start: at + match[0].length, text: match[1] };
}
