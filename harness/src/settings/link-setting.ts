/** Where functions find their link, and to which address it relays: `--link`, `--peer`, `--resolve` and `--env` together. */
import type { LinkPlace } from "../words/link-place.ts";
import { invariant } from "../base/invariant.ts";
import {
  configuredAddress,
  missingVariable,
  variableNamed,
  variablesFor,
} from "../catalogue/connection-strings/configured-address.ts";
import { linkSentence } from "../catalogue/connection-strings/link-sentence.ts";
import type { Problem } from "./problem.ts";
import type { HostPort, KeyValue, LinkChoice, ResolvedName } from "./value-parsers.ts";

export interface LinkFlags {
  readonly link: LinkChoice;
  /** Null if longrun starts the peers itself. */
  readonly peer: HostPort | null;
  readonly resolve: ResolvedName | null;
  readonly env: readonly KeyValue[];
}

export function linkPlace({ link, peer }: Pick<LinkFlags, "link" | "peer">): LinkPlace {
  if ("variable" in link) return { variable: link.variable };
  if ("hostVariable" in link) return { hostVariable: link.hostVariable, portVariable: link.portVariable };
  const address = link.address ?? peer;
  invariant(address !== null, "a link by name was checked to have a name");
  return { name: address.host, port: address.port };
}

/** The address at which this machine reaches the peer. Null if longrun starts the peer. */
export function reachedPeer({ peer, resolve }: Pick<LinkFlags, "peer" | "resolve">): HostPort | null {
  if (peer === null || resolve === null) return peer;
  return { host: resolve.host, port: resolve.port ?? peer.port };
}

/** Null if `--link` names no variable, or if the variables have no usable address. */
export function peerInVariables({ link, env }: Pick<LinkFlags, "link" | "env">): HostPort | null {
  if ("byName" in link) return null;
  const configured = configuredAddress(link, variablesOf(env));
  return configured !== null && "host" in configured ? configured : null;
}

export function linkProblems(settings: Omit<LinkFlags, "resolve">): readonly Problem[] {
  const { link, peer, env } = settings;
  if ("byName" in link) return byNameProblems(settings);
  if ("variable" in link) return variableProblems(link.variable, variablesOf(env), peer !== null);
  return peer === null ? pairProblems(link, variablesOf(env)) : [];
}

/** Without `--peer`, both variables are given and name the user's peer, or neither is given and longrun starts a peer. */
function pairProblems(
  link: Extract<LinkChoice, { readonly hostVariable: string }>,
  variables: Readonly<Record<string, string>>,
): readonly Problem[] {
  const { hostVariable, portVariable } = link;
  const where = `--link ${hostVariable}:${portVariable}`;
  const configured = configuredAddress(link, variables);
  if (configured !== null) return "problem" in configured ? [{ where, text: configured.problem }] : [];
  const given = [hostVariable, portVariable].filter((name) => (variableNamed(variables, name) ?? "") !== "");
  if (given.length !== 1) return [];
  const missing = given[0] === hostVariable ? portVariable : hostVariable;
  const text = `${given.join()} is given and ${missing} is not. Give both with --env for a peer of your own, or neither: then longrun starts a peer`;
  return [{ where, text }];
}

/** `replaced`: another address replaces the address in the variable. Then it is no problem if the variable's address has no port. */
function variableProblems(
  variable: string,
  variables: Readonly<Record<string, string>>,
  replaced: boolean,
): readonly Problem[] {
  const where = `--link ${variable}`;
  if (variableNamed(variables, variable) === undefined) {
    const text = `${missingVariable(variable, variables)}. Give it with --env ${variable}=VALUE`;
    return [{ where, text }];
  }
  const configured = configuredAddress({ variable }, variables);
  if (configured === null || "host" in configured) return [];
  const writable = Object.keys(variablesFor({ variable }, variables, ANY_ADDRESS)).length > 0;
  return replaced && writable ? [] : [{ where, text: configured.problem }];
}

const ANY_ADDRESS: HostPort = { host: "127.0.0.1", port: 1 };

function byNameProblems({ peer, link }: Pick<LinkFlags, "peer" | "link">): readonly Problem[] {
  const address = link.address ?? peer;
  if (address === null)
    return [
      {
        where: "--link host",
        text: "expected --peer NAME:PORT too, the name and port under which the function reaches its peer",
      },
    ];
  if (/^[\d.]+$|:/.test(address.host))
    return [
      {
        where: `--peer ${address.host}:${address.port}`,
        text: "expected a name with --link host, because a function that has an address does not look up a name",
      },
    ];
  return [];
}

/** Says which of the user's values the links override. Null if they override none. */
export function overriddenSentence(settings: LinkFlags): string | null {
  const reached = reachedPeer(settings);
  const { link, env } = settings;
  const configured = "hostVariable" in link ? configuredAddress(link, variablesOf(env)) : reached;
  if (configured === null || "problem" in configured) return null;
  return linkSentence(linkPlace(settings), configured, variablesOf(env));
}

function variablesOf(env: readonly KeyValue[]): Readonly<Record<string, string>> {
  return Object.fromEntries(env.map(({ key, value }) => [key, value]));
}
