/** Finds the function of a search or a replay from `--function NAME`, `--code FILE` or a schedule file. */
import { resolve } from "node:path";
import { designPackage } from "../../adapters/node/assets.ts";
import { hasToBeBuilt, readCodePackage } from "../../adapters/toolchains/code-package.ts";
import { bringClient, programOf } from "../../adapters/toolchains/interpreters.ts";
import { isLongrunError } from "../../base/errors.ts";
import { runtimeInWords } from "../../catalogue/runtimes/interpreter-notice.ts";
import { DEFAULT_RUNTIME } from "../../catalogue/runtimes/all-runtimes.ts";
import { unusedBinary, unusedLauncher, unusedLauncherBeforeBuild } from "../code-flags.ts";
import type { Machine } from "../machine.ts";
import type { Problem } from "../../settings/problem.ts";
import { isDesign } from "../../settings/function-choice.ts";
import {
  protocolChosen,
  type ProtocolChoice,
  type ProtocolName,
} from "../../catalogue/protocols/all-protocols.ts";
import { linkPlace } from "../../settings/link-setting.ts";
import { peerNameProblems, placeProblems, settlePeerLinks } from "../../settings/peer-links.ts";
import type { HostPort, LinkChoice, OfPeer } from "../../settings/value-parsers.ts";
import { DEFAULT_ADMISSION } from "../../words/admission.ts";
import { DEFAULT_CAPACITY } from "../../words/capacity.ts";
import type { LinkPlace } from "../../words/link-place.ts";
import { foreignServers } from "./own-peer-only.ts";

export interface SearchedPeer {
  /** Null if the function has only one peer. */
  readonly name: string | null;
  readonly place: LinkPlace;
  /** Null if the protocol is to be recognised. */
  readonly protocol: ProtocolName | null;
  readonly capacity: number;
}

export interface FunctionUnderSearch {
  readonly label: string;
  readonly zip: Uint8Array;
  readonly handler: string;
  readonly runtime: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number | null;

  readonly peers: readonly SearchedPeer[];
  readonly needsLeaseTable: boolean;
  /** The files of a bundled source file and its imports, without those of packages. */
  readonly sources?: readonly string[];
  /** The members that name the function in a schedule file. Here `code` is still an absolute path. */
  readonly from:
    | { readonly design: string }
    | {
        readonly code: string;
        readonly handler: string;
        readonly runtime: string;
        readonly bin?: string;
        readonly launcher: string | null;
      };
}

export interface GivenFunction {
  readonly function?: string | undefined;
  readonly code?: string | undefined;
  readonly handler?: string | undefined;
  readonly runtime?: string | undefined;
  readonly bin?: string | undefined;
  readonly launcher?: string | undefined;
  readonly memory?: number | undefined;
  readonly env?: readonly { readonly key: string; readonly value: string }[] | undefined;
  readonly link?: readonly OfPeer<LinkChoice>[] | undefined;
  readonly protocol?: readonly OfPeer<ProtocolChoice>[] | undefined;
  /** With `--link host`: the name and port under which the function reaches its peer. */
  readonly peer?: readonly OfPeer<HostPort>[] | undefined;
  readonly capacity?: readonly OfPeer<number>[] | undefined;
}

export interface ChosenFunction {
  readonly chosen: FunctionUnderSearch | null;
  readonly problems: readonly Problem[];
}

/**
 * `mistakes` is the number of mistakes that the caller has already found. If there is one, a missing program is not reported
 * (docs/contracts.md#exit-codes).
 */
export async function functionUnderSearch(
  given: GivenFunction,
  folder: string,
  machine: Pick<Machine, "environment" | "stderr"> | null = null,
  mistakes = 0,
): Promise<ChosenFunction> {
  const { function: design, code } = given;
  const { peers, problems } = searchedPeers(given);
  if (problems.length > 0) return { chosen: null, problems };
  const common: CommonMembers = {
    environment: variablesOf(given.env ?? []),
    memoryMb: given.memory ?? null,
    peers,
  };
  if (design !== undefined && code !== undefined)
    return refuse("--code", "expected --function or --code, not both");
  if (design !== undefined) return shippedDesign(design, given, common);
  if (code === undefined) return refuse("--function", "expected --function NAME or --code FILE");
  const file = resolve(folder, code);
  const unused = [
    ...unusedBinary(given.bin ?? null, [file]),
    ...unusedLauncherBeforeBuild(given.launcher ?? null, given.runtime ?? null, [file]),
  ];
  if (unused.length > 0) return { chosen: null, problems: unused };
  // No search starts after a mistake, so nothing is built for it.
  if (mistakes > 0 && hasToBeBuilt(file)) return { chosen: null, problems: [] };
  try {
    return await ownFunction({ ...given, code }, file, common, machine);
  } catch (error) {
    if (!isLongrunError(error) || mistakes === 0) throw error;
    return { chosen: null, problems: [] };
  }
}

async function ownFunction(
  given: GivenFunction & { readonly code: string },
  file: string,
  common: CommonMembers,
  machine: Pick<Machine, "environment" | "stderr"> | null,
): Promise<ChosenFunction> {
  const report = (line: string): void => void machine?.stderr.write(`${line}\n`);
  const read = await readCodePackage(file, given.handler ?? null, {
    runtime: given.runtime ?? null,
    binary: given.bin ?? null,
    launches: given.launcher !== undefined,
    ...(machine === null ? {} : { environment: machine.environment }),
    report,
  });
  if (!read.ok) return refuse(`--code ${given.code}`, `expected ${read.expected}`);
  const wrongLauncher = unusedLauncher(given.launcher ?? null, [read.runtime]);
  if (wrongLauncher.length > 0) return { chosen: null, problems: wrongLauncher };
  const label = labelOf(given.code);
  if (machine !== null) await bringClient(read.runtime, machine.environment, report);
  const program =
    machine === null
      ? { ranOn: null, notice: null }
      : programOf(read.runtime, machine.environment, given.launcher ?? null);
  report(`${label}: ${runtimeInWords(read.runtime, program)}, handler ${read.handler}`);
  if (program.notice !== null) report(program.notice);
  return {
    chosen: {
      ...common,
      label,
      zip: read.zip,
      handler: read.handler,
      runtime: read.runtime,
      needsLeaseTable: false,
      ...(read.sources === undefined ? {} : { sources: read.sources }),
      from: {
        code: file,
        handler: read.handler,
        runtime: read.runtime,
        ...(given.bin === undefined ? {} : { bin: given.bin }),
        launcher: given.launcher ?? null,
      },
    },
    problems: [],
  };
}

/** `capacity` is for one peer, `capacities` by name for several. */
export function capacitiesOf(peers: readonly SearchedPeer[]): {
  readonly capacity: number;
  readonly capacities: Readonly<Record<string, number>>;
} {
  const named = peers.flatMap(({ name, capacity }) => (name === null ? [] : [[name, capacity] as const]));
  const [only] = peers;
  return {
    capacity: named.length === 0 && only !== undefined ? only.capacity : DEFAULT_CAPACITY,
    capacities: Object.fromEntries(named),
  };
}

type CommonMembers = Pick<FunctionUnderSearch, "environment" | "memoryMb" | "peers">;

function searchedPeers({ peer = [], link = [], protocol = [], capacity = [], env = [] }: GivenFunction): {
  readonly peers: readonly SearchedPeer[];
  readonly problems: readonly Problem[];
} {
  const flags = { peer, link, protocol, capacity };
  const names = peerNameProblems(flags);
  if (names.length > 0) return { peers: [], problems: names };
  // With an admission, the peers are longrun's own: their addresses replace the addresses in the variables.
  const links = settlePeerLinks({ ...flags, admission: DEFAULT_ADMISSION }, env);
  const wrong = placeProblems(links, env);
  if (wrong.length > 0) return { peers: [], problems: wrong };
  const peers = links.map((one) => ({
    name: one.name,
    place: linkPlace(one),
    protocol: protocolChosen(one.protocol),
    capacity: typeof one.capacity === "number" ? one.capacity : DEFAULT_CAPACITY,
  }));
  return { peers, problems: foreignServers(peers, variablesOf(env)) };
}

function variablesOf(env: NonNullable<GivenFunction["env"]>): Readonly<Record<string, string>> {
  return Object.fromEntries(env.map(({ key, value }) => [key, value]));
}

function shippedDesign(design: string, given: GivenFunction, common: CommonMembers): ChosenFunction {
  if (!isDesign(design)) return refuse(`--function ${design}`, "expected a shipped design");
  for (const flag of ["handler", "runtime", "bin", "launcher"] as const)
    if (given[flag] !== undefined) return refuse(`--${flag}`, "works only with --code");
  return {
    chosen: {
      ...common,
      label: design,
      zip: designPackage(design),
      handler: "handler.handler",
      runtime: DEFAULT_RUNTIME,
      needsLeaseTable: design === "lease-connect",
      from: { design },
    },
    problems: [],
  };
}

function refuse(where: string, text: string): ChosenFunction {
  return { chosen: null, problems: [{ where, text }] };
}

/** The base name, with a dash for characters that a function's name cannot have. */
function labelOf(code: string): string {
  const name = /(?<![^/\\])([^/\\]*?[^/\\.])(?:\.(?:zip|jar|py|[cm]?[jt]s))?[/\\]?$/.exec(code)?.[1];
  return name?.replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 64) ?? "handler";
}
