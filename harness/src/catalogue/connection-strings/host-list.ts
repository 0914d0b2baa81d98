/** Hosts separated by commas, each with or without a port: `db`, `db:5432`, `[::1]:5432`, `a:1,b:2`. */
import {
  writeAddress,
  type AddressPart,
  type ConnectionString,
  type FoundAddress,
} from "./connection-string.ts";

const HOST = /^\[([0-9A-Fa-f:.]+(?:%[\w.-]+)?)\](?::(\d{0,5}))?$|^([^\s:/?#[\]@,;='"()\\]+)(?::(\d{0,5}))?$/;

/**
 * Null if the text is not a list of hosts. `at` is the position of the text in the whole value. `standard` is the port of a host without a
 * port.
 */
export function readHostList(text: string, at: number, standard: number | null): ConnectionString | null {
  const addresses: FoundAddress[] = [];
  const parts: AddressPart[] = [];
  let start = at;
  for (const item of text.split(",")) {
    const trimmed = item.trim();
    const match = HOST.exec(trimmed);
    if (match === null) return null;
    const port = readPort(match[2] ?? match[4] ?? "", standard);
    if (port === undefined) return null;
    const begin = start + item.indexOf(trimmed);
    addresses.push({ host: match[1] ?? match[3] ?? "", port });
    parts.push({ start: begin, end: begin + trimmed.length, write: writeAddress });
    start += item.length + 1;
  }
  return { addresses, parts };
}

/** Returns `standard` for an empty text, and undefined if the text is not a port. */
export function readPort(text: string, standard: number | null): number | null | undefined {
  if (text === "") return standard;
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535 ? port : undefined;
}
