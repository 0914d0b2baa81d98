/**
 * The peer's addresses in a function's connection string. The text may contain a password, so messages quote only hosts and ports from it.
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

/** A part of the text that is replaced by another address. */
export interface AddressPart {
  readonly start: number;
  readonly end: number;
  readonly write: (address: NetworkAddress) => string;
}

export interface ConnectionString {
  /** At least one. Several addresses are hosts of the same peer (failover). */
  readonly addresses: readonly FoundAddress[];
  readonly parts: readonly AddressPart[];
}

/** The text has the expected form, but no usable address. `problem` follows the variable's name in a sentence: `names no port`. */
export interface NoAddress {
  readonly problem: string;
}

/** Returns null if the text has another form. */
export type ConnectionForm = (text: string) => ConnectionString | NoAddress | null;

/** For `HOST:PORT`: an IPv6 address gets brackets. */
export function writeHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

export function writeAddress({ host, port }: NetworkAddress): string {
  return `${writeHost(host)}:${port}`;
}
