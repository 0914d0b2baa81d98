/** Reads the peer's address where a function finds it (`--link`), and writes another address there. */
import type { LinkPlace } from "../../words/link-place.ts";
import type { NetworkAddress } from "./connection-string.ts";
import { readConnectionString, withAddress } from "./read-connection-string.ts";

export type Variables = Readonly<Record<string, string>>;

/** Undefined also for a name that every object has, such as `toString`. */
export function variableNamed(variables: Variables, name: string): string | undefined {
  return Object.hasOwn(variables, name) ? variables[name] : undefined;
}

/** Null if the variables name no peer. `problem` says in a sentence without its full stop why a variable has no usable address. */
export type ConfiguredAddress = NetworkAddress | { readonly problem: string } | null;

export function configuredAddress(place: LinkPlace, variables: Variables): ConfiguredAddress {
  if ("name" in place) return { host: place.name, port: place.port };
  if ("hostVariable" in place) {
    const [host, port] = [place.hostVariable, place.portVariable].map((name) =>
      variableNamed(variables, name),
    );
    if (host === undefined || host === "" || port === undefined || port === "") return null;
    const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
    if (number >= 1 && number <= 65_535) return { host, port: number };
    return { problem: `${place.portVariable} is not a port from 1 to 65535` };
  }
  const text = variableNamed(variables, place.variable);
  if (text === undefined) return null;
  const found = readConnectionString(text);
  if ("problem" in found) return { problem: `${place.variable} ${found.problem}` };
  const [first] = found.addresses;
  if (first === undefined || first.port === null)
    return { problem: `${place.variable} names ${first?.host ?? "a host"} without a port: add it as :PORT` };
  return { host: first.host, port: first.port };
}

/** The variables that a function needs to find the peer at this address. A variable whose text cannot be read is left out. */
export function variablesFor(place: LinkPlace, variables: Variables, address: NetworkAddress): Variables {
  if ("name" in place) return {};
  if ("hostVariable" in place)
    return { [place.hostVariable]: address.host, [place.portVariable]: String(address.port) };
  const text = variableNamed(variables, place.variable);
  if (text === undefined) return {};
  const found = readConnectionString(text);
  return "problem" in found ? {} : { [place.variable]: withAddress(text, found, address) };
}

/** In a connection string (one variable), the address is replaced. If host and port are in two variables, the user's values stay. */
export function withPeer(place: LinkPlace, variables: Variables, address: NetworkAddress | null): Variables {
  if (address === null) return variables;
  const found = variablesFor(place, variables, address);
  return "variable" in place ? { ...variables, ...found } : { ...found, ...variables };
}

export function missingVariable(variable: string, variables: Variables): string {
  const names = Object.keys(variables).sort();
  return names.length === 0
    ? `the function has no variable ${variable}; it has none at all`
    : `the function has no variable ${variable}; it has ${names.join(", ")}`;
}
