/**
 * How each kind of value is read from the text of a flag (value-parsers.ts) and from a manifest. In a manifest, a length of time is a
 * number of milliseconds.
 */
import { parseLogZone } from "../logs/servers/log-clock.ts";
import { parseLogPattern } from "../logs/servers/log-pattern.ts";
import {
  PROTOCOL_CHOICES,
  protocolNamed,
  type ProtocolChoice,
} from "../catalogue/protocols/all-protocols.ts";
import { RUNNABLE_RUNTIMES, type RunnableRuntime } from "../catalogue/runtimes/all-runtimes.ts";
import { noLongerSupported } from "../catalogue/runtimes/lambda-runtimes.ts";
import { durationMs, type DurationMs } from "../base/time.ts";
import type { GivenCapacity } from "../words/capacity.ts";
import { TIMEOUT_SECONDS_MAX } from "../words/function-size.ts";
import type { Lever } from "../words/lever.ts";
import { accept, expected, type Parsed } from "./parsed.ts";
import type { ValueKind } from "./setting.ts";
import * as parsers from "./value-parsers.ts";
import type { HostPort, KeyValue, LinkChoice, OfPeer, ResolvedName } from "./value-parsers.ts";

export const text = (what: string): ValueKind<string> => ofText(parsers.anyText(what));

export const choice = <const Name extends string>(names: readonly Name[]): ValueKind<Name> =>
  ofText(parsers.oneOf(names));

export const runtime: ValueKind<RunnableRuntime> = ofText((text) => {
  const retired = noLongerSupported(text);
  return retired === null
    ? parsers.oneOf(RUNNABLE_RUNTIMES)(text)
    : expected(`a runtime that Lambda supports. AWS says: ${retired}`);
});

/** The name or an alias of a protocol, or `auto`. */
export const protocol: ValueKind<ProtocolChoice> = ofText((text) => {
  const name = protocolNamed(text)?.name ?? text;
  return parsers.oneOf(PROTOCOL_CHOICES)(name);
});

export function levers<Known extends Lever>(all: readonly Known[]): ValueKind<readonly Known[]> {
  return {
    parse: (text) => parsers.levers(text, all),
    read: (json) =>
      Array.isArray(json) && json.length === 0 ? accept([]) : parsers.levers(String(json), all),
  };
}

export const fileOfPeer: ValueKind<OfPeer<string>> = {
  parse: parsers.ofPeer((path: string) => (path === "" ? expected("a file") : accept(path))),
  read: (json) => {
    const [name, value] = [member(json, "name"), member(json, "value")];
    return (name === null || typeof name === "string") && typeof value === "string"
      ? accept({ name, value })
      : expected("a file as `value`, with the peer's `name` or null");
  },
};

export const logZone: ValueKind<string> = ofText((given) =>
  parseLogZone(given) === null ? expected("a time zone such as UTC, +02:00 or Europe/Berlin") : accept(given),
);

export const logPattern: ValueKind<string> = ofText((given) => {
  const read = parseLogPattern(given);
  return typeof read === "string" ? expected(read) : accept(given);
});

export const httpUrl = ofText(parsers.httpUrl);

/** Not checked in a manifest, because it may come from AWS_REGION, which can contain any text. */
export const awsRegion: ValueKind<string> = { parse: parsers.awsRegion, read: text("a region").read };

export function duration(range: { readonly min: number; readonly example?: string }): ValueKind<DurationMs> {
  return {
    parse: parsers.duration(range),
    read: (json) =>
      typeof json === "number" && Number.isFinite(json) && json >= range.min
        ? accept(durationMs(json))
        : expected(`a length of time in milliseconds, at least ${range.min}`),
  };
}

export const functionTimeout: ValueKind<DurationMs> = {
  parse: parsers.functionTimeout,
  read: (json) =>
    typeof json === "number" && parsers.isFunctionTimeout(json)
      ? accept(durationMs(json))
      : expected(`whole seconds from 1000 to ${TIMEOUT_SECONDS_MAX * 1_000} milliseconds`),
};

export function wholeNumber(range: { readonly min: number; readonly max: number }): ValueKind<number> {
  const parse = parsers.wholeNumber(range);
  return { parse, read: (json) => parse(typeof json === "number" ? String(json) : "") };
}

export function decimal(range: { readonly above: number; readonly max: number }): ValueKind<number> {
  const parse = parsers.decimal(range);
  return { parse, read: (json) => parse(typeof json === "number" ? String(json) : "") };
}

export const capacity: ValueKind<GivenCapacity> = {
  parse: parsers.capacity,
  read: (json) => parsers.capacity(typeof json === "number" || typeof json === "string" ? String(json) : ""),
};

export const hostPort: ValueKind<HostPort> = { parse: parsers.hostPort, read: readHostPort };

export const listenAddress: ValueKind<HostPort> = { parse: parsers.listenAddress, read: readHostPort };

/** A run directory keeps no values of variables, only their names. */
export const environmentVariable: ValueKind<KeyValue> = {
  parse: parsers.environmentVariable,
  read: (json) => {
    const key = member(json, "key");
    return typeof key === "string"
      ? accept({ key, value: "" })
      : expected("a variable with its name as `key`");
  },
  write: ({ key }) => ({ key, value: null }),
};

export const linkChoice: ValueKind<LinkChoice> = {
  parse: parsers.linkChoice,
  read: (json) => {
    const address = readNullable(member(json, "address"), readHostPort);
    if (!address.ok) return LINK_MEMBERS;
    if (member(json, "byName") === true) return accept({ byName: true, address: address.value });
    const variable = member(json, "variable");
    if (typeof variable === "string") return accept({ variable, address: address.value });
    const [host, port] = [member(json, "hostVariable"), member(json, "portVariable")];
    return typeof host === "string" && typeof port === "string"
      ? accept({ hostVariable: host, portVariable: port, address: address.value })
      : LINK_MEMBERS;
  },
};

const LINK_MEMBERS = expected(
  "`address` (`host` and `port`, or null) with one of: `hostVariable` and `portVariable`, `variable`, `byName`",
);

export const resolvedName: ValueKind<ResolvedName> = {
  parse: parsers.resolvedName,
  read: (json) => {
    const [name, host, port] = [member(json, "name"), member(json, "host"), member(json, "port")];
    const fits = port === null || (typeof port === "number" && Number.isInteger(port));
    return typeof name === "string" && typeof host === "string" && fits
      ? accept({ name, host, port })
      : expected("an object with `name`, `host` and `port`");
  },
};

/** `NAME=VALUE`, as in `--expect LABEL=pass`. `kind` is the kind of VALUE. */
export function keyed<Value>(
  kind: ValueKind<Value>,
  parse: (text: string) => Parsed<KeyValue<Value>>,
): ValueKind<KeyValue<Value>> {
  return {
    parse,
    read: (json) => {
      const key = member(json, "key");
      if (typeof key !== "string") return expected("an object with `key` and `value`");
      const value = kind.read(member(json, "value"));
      return value.ok ? accept({ key, value: value.value }) : value;
    },
  };
}

export function readHostPort(json: unknown): Parsed<HostPort> {
  const [host, port] = [member(json, "host"), member(json, "port")];
  const fits = typeof port === "number" && Number.isInteger(port) && port >= 0 && port <= 65_535;
  return typeof host === "string" && host !== "" && fits
    ? accept({ host, port })
    : expected("an object with `host` and `port`");
}

/** Null is accepted. An absent member counts as null, because an older version of longrun may have left the member out. */
export function readNullable<Value>(
  json: unknown,
  read: (json: unknown) => Parsed<Value>,
): Parsed<Value | null> {
  return json === undefined || json === null ? accept(null) : read(json);
}

/** Undefined if the member is absent, or if the value is not an object. */
export function member(json: unknown, name: string): unknown {
  if (typeof json !== "object" || json === null || !Object.hasOwn(json, name)) return undefined;
  return (json as Readonly<Record<string, unknown>>)[name];
}

/** A value that is not a text is given to the parser as an empty text, which every parser refuses. */
function ofText<Value extends string>(parse: (text: string) => Parsed<Value>): ValueKind<Value> {
  return { parse, read: (json) => parse(typeof json === "string" ? json : "") };
}
