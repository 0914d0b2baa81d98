/** The catalogue of protocols. A protocol is found by its name or by the first bytes of a connection. */
import { amqp } from "./amqp.ts";
import { longrun } from "./longrun.ts";
import { modbus } from "./modbus.ts";
import { mqtt } from "./mqtt.ts";
import { mysql } from "./mysql.ts";
import { postgres } from "./postgres.ts";
import type { Protocol, Said } from "./protocol.ts";
import { raw } from "./raw.ts";
import { redis } from "./redis.ts";
import { ssh } from "./ssh.ts";
import { beginsTls } from "./tls.ts";

/**
 * The version of the catalogue. It is increased whenever the same bytes get another meaning. It is stored with each outcome, because an
 * outcome is decided once and the bytes are not kept.
 */
export const CATALOGUE_VERSION = 4;

/**
 * All protocols in the order in which they are tried on the first bytes. `raw` is last, because it accepts any bytes that no other protocol
 * recognises.
 */
export const ALL_PROTOCOLS = [longrun, postgres, mysql, redis, mqtt, amqp, ssh, modbus, raw] as const;

/** The protocols that the shipped functions can use. The names are the values of their variable `PEER_PROTOCOL`. */
export const CLIENT_PROTOCOLS = [longrun, raw] as const;

export type ProtocolName = (typeof ALL_PROTOCOLS)[number]["name"];

/** The values of `--protocol`. `auto`: the protocol is recognised by the first bytes. */
export const PROTOCOL_CHOICES: readonly ("auto" | ProtocolName)[] = [
  "auto",
  ...ALL_PROTOCOLS.map(({ name }) => name),
];
export type ProtocolChoice = (typeof PROTOCOL_CHOICES)[number];

/** Returns the protocol that the user named, or null if the protocol is to be recognised by the first bytes. */
export function protocolChosen(choice: ProtocolChoice): ProtocolName | null {
  return choice === "auto" ? null : choice;
}

/** Returns the protocol with this name or alias, or null if there is none. */
export function protocolNamed(name: string): (typeof ALL_PROTOCOLS)[number] | null {
  return (
    ALL_PROTOCOLS.find((one) => one.name === name || one.aliases.some((alias: string) => alias === name)) ??
    null
  );
}

/** Returns the title of a protocol for people. Null for our own protocol, for `raw`, and for a name that no protocol has. */
export function protocolTitle(name: string): string | null {
  return protocolNamed(name)?.title ?? null;
}

/** Whether a server's messages in this protocol show if the server serves the client or refuses it. */
export function distinguishesRefusals(name: string): boolean {
  return protocolTitle(name) !== null;
}

/** Whether servers of this protocol accept only one connection for each client name, and end the older one if the name comes again. */
export function servesOnePerName(name: string): boolean {
  const protocol: Protocol | null = protocolNamed(name);
  return protocol?.onePerName === true;
}

/** Whether servers of this protocol can turn away all clients that connect at the same time, although there was a place for one of them. */
export function countsBeforeDeciding(name: string): boolean {
  const protocol: Protocol | null = protocolNamed(name);
  return protocol?.countsBeforeDeciding === true;
}

/** Whether servers of this protocol close a connection as soon as they have read the client's goodbye, without the client's FIN. */
export function closesAtGoodbye(name: string): boolean {
  const protocol: Protocol | null = protocolNamed(name);
  return protocol?.closesAtGoodbye === true;
}

/** Returns the protocol of a connection by its first bytes: `raw` if no other one fits, null if there are too few bytes to decide. */
export function recognise(said: readonly Said[]): (typeof ALL_PROTOCOLS)[number] | null {
  let undecided = false;
  for (const protocol of ALL_PROTOCOLS satisfies readonly Protocol[]) {
    if (protocol === raw) break;
    const known = protocol.recognises(said);
    if (known === true) return protocol;
    undecided ||= known === null;
  }
  return undecided ? null : raw;
}

/** Returns the index at which a client's TLS begins, or null if it does not begin within these bytes. */
export function tlsBeginsAt(client: Uint8Array): number | null {
  const protocols: readonly Protocol[] = ALL_PROTOCOLS;
  const starts = protocols.map((protocol) => protocol.clearBeforeTls?.(client) ?? 0);
  return starts.find((at) => beginsTls(client.subarray(at)) === true) ?? null;
}
