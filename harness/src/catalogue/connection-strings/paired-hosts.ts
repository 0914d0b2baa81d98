/** Hosts and ports in two separate values: `host=a,b port=5432,5433`. A single port is for all hosts. */
import {
  writeAddress,
  type AddressPart,
  type ConnectionString,
  type FoundAddress,
} from "./connection-string.ts";
import { readHostList, readPort } from "./host-list.ts";

export interface ValueSpan {
  readonly start: number;
  readonly text: string;
}

export interface PairedValues {
  readonly host: ValueSpan;
  /** Null if the text has no separate value for ports. An empty value means the standard port. */
  readonly port: ValueSpan | null;
  readonly standard: number | null;
  /** If there is no separate value for ports, and a host has no port of its own, this text is inserted at `portAt`. */
  readonly writePort: (port: number) => string;
  readonly portAt: number;
}

/** Null if one of the values is not a list of hosts or of ports. */
export function pairedHosts(values: PairedValues): ConnectionString | null {
  const { host, standard, writePort, portAt } = values;
  const { port } = values;
  const isEmpty = port === null || port.text.trim() === "";
  const ports = isEmpty ? [] : port.text.split(",").map((text) => readPort(text.trim(), standard));
  if (ports.includes(undefined)) return null;
  const addresses: FoundAddress[] = [];
  const parts: AddressPart[] = [];
  let start = host.start;
  let ownPorts = 0;
  for (const [index, item] of host.text.split(",").entries()) {
    const name = item.trim();
    const begin = start + item.indexOf(name);
    start += item.length + 1;
    const bare = /^[0-9A-Fa-f]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*$/.test(name) ? name : null;
    const read = bare === null ? readHostList(name, begin, null) : null;
    const [found] = bare === null ? (read?.addresses ?? []) : [{ host: bare, port: null }];
    if (found === undefined) return null;
    const own = found.port !== null;
    if (own) ownPorts += 1;
    addresses.push({ host: found.host, port: found.port ?? ports[index] ?? ports[0] ?? standard });
    parts.push({ start: begin, end: begin + name.length, write: own ? writeAddress : (to) => to.host });
  }
  // An empty value for ports is filled, because a second value after `host` would not count.
  if (port !== null && (!isEmpty || ownPorts < addresses.length)) {
    const count = Math.max(ports.length, 1);
    parts.push({
      start: port.start,
      end: port.start + port.text.length,
      write: (to) => Array.from({ length: count }, () => String(to.port)).join(","),
    });
  } else if (ownPorts < addresses.length)
    parts.push({ start: portAt, end: portAt, write: (to) => writePort(to.port) });
  return { addresses, parts };
}
