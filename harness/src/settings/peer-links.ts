/** The peers of a run's functions, from `--peer`, `--link` and `--resolve`: one peer, or several with names. */
import type { GivenCapacity } from "../words/capacity.ts";
import type { ProtocolChoice } from "../catalogue/protocols/all-protocols.ts";
import { linkPlace, linkProblems, peerInVariables } from "./link-setting.ts";
import { accept, expected, readList, type Parsed } from "./parsed.ts";
import type { Problem } from "./problem.ts";
import { LOCAL_FACTS, type Derived } from "./setting.ts";
import { defaultValue } from "./setting-table.ts";
import { LINK, PROTOCOL } from "./shared-settings.ts";
import {
  linkChoice,
  member,
  capacity as capacityKind,
  protocol as protocolKind,
  readHostPort,
  readNullable,
  resolvedName,
} from "./value-kinds.ts";
import {
  linkText,
  type HostPort,
  type KeyValue,
  type LinkChoice,
  type OfPeer,
  type ResolvedName,
} from "./value-parsers.ts";

export interface PeerLink {
  /** Null if the function has only one peer. */
  readonly name: string | null;
  readonly link: LinkChoice;
  /** Null if longrun starts the peer. */
  readonly peer: HostPort | null;
  readonly resolve: ResolvedName | null;
  readonly protocol: ProtocolChoice;
  /** Null if the user gave none. Then there are as many places as invocations of the function may run at the same time. */
  readonly capacity: GivenCapacity | null;
}

interface PeerFlags {
  readonly peer?: readonly OfPeer<HostPort>[];
  readonly link?: readonly OfPeer<LinkChoice>[];
  readonly resolve?: readonly ResolvedName[];
  readonly protocol?: readonly OfPeer<ProtocolChoice>[];
  readonly capacity?: readonly OfPeer<GivenCapacity>[];
  readonly admission?: unknown;
}

const RECOGNISED: ProtocolChoice = defaultValue(PROTOCOL, LOCAL_FACTS);

const DEFAULT_LINK: LinkChoice = defaultValue(LINK, LOCAL_FACTS);

/** The user's own peer, or the first of several. */
export const firstPeer: Derived<HostPort | null> = {
  flag: null,
  value: { read: (json) => readNullable(json, readHostPort) },
  whenAbsent: () => null,
};

export const peerLinks: Derived<readonly PeerLink[], { readonly peer: HostPort | null }> = {
  flag: null,
  value: { read: (json) => readList(json, readPeerLink) },
  whenAbsent: () => [
    { name: null, link: DEFAULT_LINK, peer: null, resolve: null, protocol: RECOGNISED, capacity: null },
  ],
};

export const largestCapacity: Derived<GivenCapacity | null> = {
  flag: null,
  value: { read: (json) => readNullable(json, capacityKind.read) },
  whenAbsent: () => null,
};

/** The largest capacity among the peers: the platform initialises enough environments to hold this many places. */
export function largestOf(links: readonly PeerLink[]): GivenCapacity | null {
  const given = links.flatMap(({ capacity }) => capacity ?? []);
  const numbers = given.filter((one) => typeof one === "number");
  return numbers.length > 0 ? Math.max(...numbers) : (given[0] ?? null);
}

export function settlePeerLinks(given: PeerFlags, env: readonly KeyValue[]): readonly PeerLink[] {
  const { peer = [], link = [], resolve = [], protocol = [], capacity = [], admission } = given;
  const names = new Set([...peer, ...link].map(({ name }) => name));
  return (names.size === 0 ? [null] : [...names]).map((name) => {
    const place = link.find((one) => one.name === name)?.value ?? DEFAULT_LINK;
    // With --admission, longrun starts the peers itself, and the link replaces the address in the variable.
    const inVariables = admission === undefined ? peerInVariables({ link: place, env }) : null;
    const address = peer.find((one) => one.name === name)?.value ?? inVariables;
    const elsewhere = resolve.find((one) => "byName" in place && one.name === address?.host);
    return {
      name,
      link: place,
      peer: address,
      resolve: elsewhere ?? null,
      protocol: ownValue(name, protocol) ?? RECOGNISED,
      capacity: ownValue(name, capacity),
    };
  });
}

/** A value without a name is for every peer. */
function ownValue<Value>(name: string | null, given: readonly OfPeer<Value>[]): Value | null {
  const own = given.find((one) => one.name === name) ?? given.find((one) => one.name === null);
  return own?.value ?? null;
}

export function peerNameProblems({
  peer = [],
  link = [],
  protocol = [],
  capacity = [],
  admission,
}: PeerFlags): readonly Problem[] {
  const all = [
    ...peer.map((one) => ({ flag: "--peer", ...one })),
    ...link.map((one) => ({ flag: "--link", ...one })),
  ];
  const twice = all.find(
    (one, index) => all.findIndex(({ flag, name }) => flag === one.flag && name === one.name) < index,
  );
  if (twice !== undefined)
    return [
      twice.name === null
        ? {
            where: twice.flag,
            text: "expected NAME=… for each of several peers, such as --peer db=HOST:PORT --link db=WHERE",
          }
        : { where: `${twice.flag} ${twice.name}=…`, text: "was given already" },
    ];
  const named = all.flatMap(({ name }) => name ?? []);
  const stray = [
    ...protocol.map((one) => ({ flag: "--protocol", ...one })),
    ...capacity.map((one) => ({ flag: "--capacity", ...one })),
  ].find(({ name }) => name !== null && !named.includes(name));
  if (stray !== undefined)
    return [
      {
        where: `${stray.flag} ${stray.name}=${stray.value}`,
        text: "expected the name of a --peer or --link",
      },
    ];
  if (named.length === 0) return [];
  const nameless = all.find(({ name }) => name === null);
  if (nameless !== undefined)
    return [
      {
        where: nameless.flag,
        text: `expected a name, such as ${nameless.flag} db=…, because other peers have one`,
      },
    ];
  const withoutPlace = [...new Set(named)].find((name) => !link.some((one) => one.name === name));
  if (withoutPlace !== undefined)
    return [
      {
        where: `--peer ${withoutPlace}=…`,
        text: `expected --link ${withoutPlace}=WHERE too, which says where the function finds this peer`,
      },
    ];
  if (admission !== undefined)
    return [
      {
        where: "--admission",
        text: "works only with a single peer that longrun starts; several peers must be your own",
      },
    ];
  return [];
}

export function peerLinkProblems(
  links: readonly PeerLink[],
  env: readonly KeyValue[],
  resolve: readonly ResolvedName[],
): readonly Problem[] {
  const wrong = [...placeProblems(links, env), ...unusedNames(links, resolve)];
  if (wrong.length > 0 || links.length < 2) return wrong;
  return links
    .filter(({ peer }) => peer === null)
    .map(({ name }) => ({
      where: `--link ${name ?? ""}=…`,
      text: `expected --peer ${name ?? ""}=HOST:PORT too: several peers must be your own`,
    }));
}

export function placeProblems(links: readonly PeerLink[], env: readonly KeyValue[]): readonly Problem[] {
  const wrong = links.flatMap((one) => linkProblems({ ...one, env }));
  if (wrong.length > 0) return wrong;
  const places = links.map((one) => linkText(linkPlace(one)));
  const same = places.find((place, index) => places.indexOf(place) < index);
  return same === undefined
    ? []
    : [{ where: `--link ${same}`, text: "expected another variable or name for each peer" }];
}

/** Functions of `longrun serve` are created later, so their variables are not known yet, and only the flags are checked. */
export function serveLinks({
  link = [],
  resolve = [],
  protocol = [],
}: Omit<PeerFlags, "peer" | "admission">): {
  readonly links: readonly PeerLink[];
  readonly problems: readonly Problem[];
} {
  const given = link.length === 0 ? [{ name: null, value: DEFAULT_LINK }] : link;
  const names = peerNameProblems({ link: given, protocol });
  if (names.length > 0) return { links: [], problems: names };
  const links = given.map(({ name, value }): PeerLink => {
    const elsewhere = resolve.find((one) => "byName" in value && one.name === value.address?.host);
    return {
      name,
      link: value,
      peer: value.address,
      resolve: elsewhere ?? null,
      protocol: ownValue(name, protocol) ?? RECOGNISED,
      capacity: null,
    };
  });
  const problems = links.flatMap((one) => {
    if (!("byName" in one.link)) return [];
    return one.link.address === null
      ? [{ where: "--link host", text: "expected --link host=NAME:PORT" }]
      : linkProblems({ ...one, env: [] });
  });
  return { links, problems: [...problems, ...unusedNames(links, resolve)] };
}

function unusedNames(links: readonly PeerLink[], resolve: readonly ResolvedName[]): readonly Problem[] {
  const names = links.flatMap(({ link, peer }) => ("byName" in link && peer !== null ? [peer.host] : []));
  return resolve
    .filter(({ name }) => !names.includes(name))
    .map(({ name }) => ({
      where: `--resolve ${name}`,
      text: `expected the name of a peer with --link host${names.length === 0 ? "" : `: ${names.join(", ")}`}`,
    }));
}

function readPeerLink(json: unknown): Parsed<PeerLink> {
  const name = member(json, "name");
  const link = linkChoice.read(member(json, "link"));
  const peer = readNullable(member(json, "peer"), readHostPort);
  const resolve = readNullable(member(json, "resolve"), resolvedName.read);
  if (!link.ok) return link;
  if (!peer.ok) return peer;
  if (!resolve.ok) return resolve;
  const protocol = protocolKind.read(member(json, "protocol") ?? RECOGNISED);
  if (!protocol.ok) return protocol;
  const capacity = readNullable(member(json, "capacity"), capacityKind.read);
  if (!capacity.ok) return capacity;
  return name === null || typeof name === "string"
    ? accept({
        name,
        link: link.value,
        peer: peer.value,
        resolve: resolve.value,
        protocol: protocol.value,
        capacity: capacity.value,
      })
    : expected("the name of a peer, or null");
}
