/** The catalogue of protocols. */
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

/** Increased whenever the same bytes get another meaning. It is stored with each outcome, because the bytes are not kept. */
export const CATALOGUE_VERSION = 4;

/** In the order in which the protocols are tried on the first bytes. `raw` accepts all bytes, so it is last. */
export const ALL_PROTOCOLS = [longrun, postgres, mysql, redis, mqtt, amqp, ssh, modbus, raw] as const;

/** The protocols of the shipped functions: the values of their variable `PEER_PROTOCOL`. */
export const CLIENT_PROTOCOLS = [longrun, raw] as const;

export type ProtocolName = (typeof ALL_PROTOCOLS)[number]["name"];

export const PROTOCOL_CHOICES: readonly ("auto" | ProtocolName)[] = [
  "auto",
  ...ALL_PROTOCOLS.map(({ name }) => name),
];
export type ProtocolChoice = (typeof PROTOCOL_CHOICES)[number];

export function protocolChosen(choice: ProtocolChoice): ProtocolName | null {
  return choice === "auto" ? null : choice;
}

export function protocolNamed(name: string): (typeof ALL_PROTOCOLS)[number] | null {
  return (
    ALL_PROTOCOLS.find((one) => one.name === name || one.aliases.some((alias: string) => alias === name)) ??
    null
  );
}

/** Returns the title of a protocol. Null for our own protocol, for `raw`, and for an unknown name. */
export function protocolTitle(name: string): string | null {
  return protocolNamed(name)?.title ?? null;
}

/** Whether a server's messages in this protocol show whether the server serves or refuses the client. */
export function distinguishesRefusals(name: string): boolean {
  return protocolTitle(name) !== null;
}

export function servesOnePerName(name: string): boolean {
  const protocol: Protocol | null = protocolNamed(name);
  return protocol?.onePerName === true;
}

export function countsBeforeDeciding(name: string): boolean {
  const protocol: Protocol | null = protocolNamed(name);
  return protocol?.countsBeforeDeciding === true;
}

export function decidesAtAccept(name: string): boolean {
  const protocol: Protocol | null = protocolNamed(name);
  return protocol?.decidesAtAccept === true;
}

export function closesAtGoodbye(name: string): boolean {
  const protocol: Protocol | null = protocolNamed(name);
  return protocol?.closesAtGoodbye === true;
}

export function hasAsides(name: string): boolean {
  const protocol: Protocol | null = protocolNamed(name);
  return protocol?.hasAsides === true;
}

/** Returns `raw` if no other protocol fits, and null if there are too few bytes to decide. */
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

/** Returns the index in the client's bytes at which TLS begins, or null if these bytes do not show that TLS begins. */
export function tlsBeginsAt(client: Uint8Array): number | null {
  const protocols: readonly Protocol[] = ALL_PROTOCOLS;
  const starts = protocols.map((protocol) => protocol.clearBeforeTls?.(client) ?? 0);
  return starts.find((at) => beginsTls(client.subarray(at)) === true) ?? null;
}
