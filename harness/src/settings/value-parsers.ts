import { epochMs, parseDuration, type DurationMs, type EpochMs } from "../base/time.ts";
import type { LinkPlace, OneVariable, TwoVariables } from "../words/link-place.ts";
import { writeAddress, writeHost } from "../catalogue/connection-strings/connection-string.ts";
import { TIMEOUT_SECONDS_MAX } from "../words/function-size.ts";
import { CAPACITY_MAX, UNKNOWN_CAPACITY, type GivenCapacity } from "../words/capacity.ts";
import { LATER_LEVERS, type Lever } from "../words/lever.ts";
import { PEER_NAME } from "../words/peer-name.ts";
import { RESERVED_VARIABLES, VARIABLE_NAME } from "../base/environment-variables.ts";
import { accept, expected, type Parsed } from "./parsed.ts";

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

export interface KeyValue<Value = string> {
  readonly key: string;
  readonly value: Value;
}

export function anyText(what: string): (text: string) => Parsed<string> {
  return (text) => (text === "" ? expected(what) : accept(text));
}

export function oneOf<Name extends string>(names: readonly Name[]): (text: string) => Parsed<Name> {
  return (text) => {
    const found = names.find((name) => name === text);
    return found === undefined
      ? expected(names.length <= 2 ? names.join(" or ") : `one of ${names.join(", ")}`)
      : accept(found);
  };
}

/** `versions`, or several such as `versions,update`. */
export function levers<Known extends Lever>(text: string, all: readonly Known[]): Parsed<readonly Known[]> {
  const given = new Set<string>(text.split(",").map((one) => one.trim()));
  const known = all.filter((lever) => given.has(lever));
  if (known.length === given.size) return accept(known);
  const later = LATER_LEVERS.filter((lever) => given.has(lever)).join(" and ");
  const why = later === "" ? "" : `; this version of longrun does not have ${later} yet`;
  return expected(`one or more of ${all.join(", ")}, separated by commas${why}`);
}

export function duration(range: {
  readonly min: number;
  readonly example?: string;
}): (text: string) => Parsed<DurationMs> {
  return (text) => {
    const value = parseDuration(text);
    if (value === null) return expected("a length of time such as 250ms, 90s, 15m or 24h");
    return value >= range.min ? accept(value) : expected(`at least ${range.example ?? `${range.min}ms`}`);
  };
}

/** Lambda takes whole seconds. */
export const isFunctionTimeout = (lengthMs: number): boolean =>
  lengthMs % 1_000 === 0 && lengthMs >= 1_000 && lengthMs <= TIMEOUT_SECONDS_MAX * 1_000;

export function functionTimeout(text: string): Parsed<DurationMs> {
  const parsed = duration({ min: 1_000, example: "1s" })(text);
  if (!parsed.ok || isFunctionTimeout(parsed.value)) return parsed;
  return expected(`whole seconds from 1s to ${TIMEOUT_SECONDS_MAX / 60}m`);
}

export function wholeNumber(range: {
  readonly min: number;
  readonly max: number;
}): (text: string) => Parsed<number> {
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    const inside = Number.isSafeInteger(value) && value >= range.min && value <= range.max;
    return inside ? accept(value) : expected(`a whole number from ${range.min} to ${range.max}`);
  };
}

export function decimal(range: {
  readonly above: number;
  readonly max: number;
}): (text: string) => Parsed<number> {
  return (text) => {
    const value = /^\d{1,9}(?:\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN;
    const inside = value > range.above && value <= range.max;
    return inside ? accept(value) : expected(`a number above ${range.above} and up to ${range.max}`);
  };
}

export function capacity(text: string): Parsed<GivenCapacity> {
  if (text === UNKNOWN_CAPACITY) return accept(UNKNOWN_CAPACITY);
  const number = wholeNumber({ min: 1, max: CAPACITY_MAX })(text);
  return number.ok ? number : expected(`${number.expected}, or ${UNKNOWN_CAPACITY}`);
}

export function hostPort(text: string): Parsed<HostPort> {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:/[\]]+)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port < 1 || port > 65_535) return expected("HOST:PORT such as 10.0.9.9:7000");
  return accept({ host: match[1] ?? match[2] ?? "", port });
}

/** Without a host, only this machine can connect. Port 0 takes a free port. */
export function listenAddress(text: string): Parsed<HostPort> {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]]*)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) return expected(":PORT or HOST:PORT such as :9464");
  const host = match[1] ?? match[2] ?? "";
  return accept({ host: host === "" ? "127.0.0.1" : host, port });
}

/** The host on which to listen, without a port. */
export function hostName(text: string): Parsed<string> {
  return /^[A-Za-z0-9_.:-]{1,253}$/.test(text)
    ? accept(text)
    : expected("a host name or an address such as 127.0.0.1");
}

export function httpUrl(text: string): Parsed<string> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:"))
    return expected("a URL such as http://127.0.0.1:3001");
  // Messages and the run directory have the URL.
  if (`${url.username}${url.password}${url.search}${url.hash}` !== "")
    return expected("a URL such as http://127.0.0.1:3001, without user, password, query and fragment");
  return accept(url.href.replace(/\/$/, ""));
}

export function environmentVariable(text: string): Parsed<KeyValue> {
  const equals = text.indexOf("=");
  const key = text.slice(0, Math.max(equals, 0));
  if (!VARIABLE_NAME.test(key))
    return expected(
      "KEY=VALUE such as STAGE=test; KEY begins with a letter and has two or more letters, digits and underscores",
    );
  if (RESERVED_VARIABLES.has(key)) return expected(`another name than ${key}, which Lambda reserves`);
  return accept({ key, value: text.slice(equals + 1) });
}

/**
 * Where a function finds its link: `HOSTVAR:PORTVAR`, `VARIABLE` or `host`. `address` is the optional `=HOST:PORT`. It is the address to
 * which the link relays or, after `host`, the peer's name and port.
 */
export type LinkChoice = (TwoVariables | OneVariable | { readonly byName: true }) & {
  readonly address: HostPort | null;
};

const LINK_EXPECTED =
  "HOSTVAR:PORTVAR such as PEER_HOST:PEER_PORT, a VARIABLE such as DATABASE_URL, or host, each optionally with =HOST:PORT";

export function linkChoice(text: string): Parsed<LinkChoice> {
  const match = /^([A-Za-z]\w+)(?::([A-Za-z]\w+))?(?:=(.+))?$/s.exec(text);
  if (match === null) return expected(LINK_EXPECTED);
  const [, first = "", second, given] = match;
  const address = given === undefined ? accept(null) : hostPort(given);
  if (!address.ok) return expected(LINK_EXPECTED);
  if (second !== undefined)
    return accept({ hostVariable: first, portVariable: second, address: address.value });
  return accept(
    first === "host" ? { byName: true, address: address.value } : { variable: first, address: address.value },
  );
}

/** Returns where a function finds its link, in the form that `--link` takes. */
export function linkText(link: LinkPlace): string {
  if ("name" in link) return `host=${writeAddress({ host: link.name, port: link.port })}`;
  return "variable" in link ? link.variable : `${link.hostVariable}:${link.portVariable}`;
}

/** Parses a text such as `db.internal=10.0.9.9` or `db.internal=127.0.0.1:15432`. */
export function resolvedName(text: string): Parsed<ResolvedName> {
  const match = /^([^\s:/[\]=]+)=(?:\[([0-9a-fA-F:.]+)\]|([^\s:/[\]=]+))(?::(\d{1,5}))?$/.exec(text);
  const port = match?.[4] === undefined ? null : Number(match[4]);
  if (match === null || (port !== null && (port < 1 || port > 65_535)))
    return expected("NAME=HOST or NAME=HOST:PORT such as db.internal=10.0.9.9");
  return accept({ name: match[1] ?? "", host: match[2] ?? match[3] ?? "", port });
}

/** Returns the name in the form that `--resolve` takes. */
export function resolvedNameText({ name, host, port }: ResolvedName): string {
  return `${name}=${writeHost(host)}${port === null ? "" : `:${port}`}`;
}

export interface ResolvedName {
  readonly name: string;
  readonly host: string;
  /** Null if the peer's own port is used. */
  readonly port: number | null;
}

export function awsRegion(text: string): Parsed<string> {
  return /^[a-z]{2}(?:-[a-z]+)+-\d$/.test(text) ? accept(text) : expected("a region such as eu-central-1");
}

/** A length of time before now (`24h`), or an instant (`2026-11-25T01:00:00Z`). An instant without a zone is UTC. */
type PointInTime = { readonly ago: DurationMs } | { readonly at: EpochMs };

export function pointInTime(text: string): Parsed<PointInTime> {
  const ago = parseDuration(text);
  if (ago !== null) return accept({ ago });
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(text);
  const at = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2] ?? "00:00"}${match[3] ?? "Z"}`);
  return Number.isNaN(at)
    ? expected("a length of time such as 24h, or an instant such as 2026-11-25T01:00:00Z")
    : accept({ at: epochMs(at) });
}

export function instantOf(point: PointInTime, now: EpochMs): EpochMs {
  return "at" in point ? point.at : epochMs(now - point.ago);
}

/** A value for one of several peers, as in `db=DATABASE_URL`. */
export interface OfPeer<Value> {
  /** Null if the user gave no name. Then the value is for the only peer, or for every peer. */
  readonly name: string | null;
  readonly value: Value;
}

/** Parses `NAME=VALUE` or `VALUE`. */
export function ofPeer<Value>(
  parse: (text: string) => Parsed<Value>,
): (text: string) => Parsed<OfPeer<Value>> {
  return (text) => {
    const end = text.indexOf("=");
    const name = text.slice(0, Math.max(0, end));
    const named = PEER_NAME.test(name) && end < text.length - 1 ? parse(text.slice(end + 1)) : null;
    if (named?.ok === true) return accept({ name, value: named.value });
    const whole = parse(text);
    return whole.ok ? accept({ name: null, value: whole.value }) : whole;
  };
}
