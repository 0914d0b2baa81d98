/**
 * The result of reading a function's connection string: the addresses of the peer, and where they are in the text. The text may contain a
 * password, so messages quote only hosts and ports from it.
 */

export interface NetworkAddress {
  readonly host: string;
  readonly port: number;
}

export interface FoundAddress {
  readonly host: string;
  /** Null if neither the text nor its scheme gives a port. */
  readonly port: number | null;
}

/** A part of the text that is replaced when the text gets another address. The rest of the text does not change. */
export interface AddressPart {
  readonly start: number;
  readonly end: number;
  readonly write: (address: NetworkAddress) => string;
}

export interface ConnectionString {
  /** At least one address. Several addresses are hosts of the same peer (failover). */
  readonly addresses: readonly FoundAddress[];
  readonly parts: readonly AddressPart[];
}

/**
 * The text has the expected form, but no usable address. `problem` is the end of a sentence that begins with the variable's name, for example
 * `names no port`.
 */
export interface NoAddress {
  readonly problem: string;
}

/** Reads one form of connection string. Returns null if the text has another form. */
export type ConnectionForm = (text: string) => ConnectionString | NoAddress | null;

/** Returns a host as it is written before `:PORT`: an IPv6 address gets brackets. */
export function writeHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

export function writeAddress({ host, port }: NetworkAddress): string {
  return `${writeHost(host)}:${port}`;
}
