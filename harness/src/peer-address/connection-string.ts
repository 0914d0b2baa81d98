/**
 * What was found in the text that says where a function's peer is: the addresses, and the parts of the text with them. The text may hold a
 * password, so no message contains any of it but hosts and ports.
 */

export interface NetworkAddress {
  readonly host: string;
  readonly port: number;
}

export interface FoundAddress {
  readonly host: string;
  /** Null: neither the text nor its scheme says a port. */
  readonly port: number | null;
}

/** A part of the text that is written anew when another address takes the place of the found ones. The rest of the text stays. */
export interface AddressPart {
  readonly start: number;
  readonly end: number;
  readonly write: (address: NetworkAddress) => string;
}

export interface ConnectionString {
  /** At least one. Several hosts (failover) are one peer. */
  readonly addresses: readonly FoundAddress[];
  readonly parts: readonly AddressPart[];
}

/** A text of this form that nevertheless leads to no address. `problem` completes "it …". */
export interface NoAddress {
  readonly problem: string;
}

/** Reads one form of connection string. Returns null if the text has another form. */
export type ConnectionForm = (text: string) => ConnectionString | NoAddress | null;

/** Writes a host as it stands before a colon: an IPv6 address has brackets there. */
export function writeHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

export function writeAddress({ host, port }: NetworkAddress): string {
  return `${writeHost(host)}:${port}`;
}
