/** The function of a schedule file: written after a search, and read for a replay. */
import { relative } from "node:path";
import type { LinkPlace } from "../../words/link-place.ts";
import type { ScheduleFile } from "../../explore/schedule-file.ts";
import type { HiddenValues } from "../../settings/hidden-values.ts";
import type { LinkChoice } from "../../settings/value-parsers.ts";
import type { FunctionUnderSearch, GivenFunction, SearchedPeer } from "./function-under-search.ts";

type ScheduleFunction = ScheduleFile["function"];
type Surroundings = Pick<ScheduleFunction, "link" | "protocol" | "peers" | "memoryMb" | "environment">;

export function writtenFunction(
  {
    from,
    peers,
    memoryMb,
    environment,
  }: Pick<FunctionUnderSearch, "from" | "peers" | "memoryMb" | "environment">,
  folder: string,
  hidden: HiddenValues,
): ScheduleFunction {
  const surroundings: Surroundings = {
    ...writtenPeers(peers),
    ...(memoryMb === null ? {} : { memoryMb }),
    ...(Object.keys(environment).length === 0 ? {} : { environment: writtenVariables(environment, hidden) }),
  };
  if ("design" in from) return { ...from, ...surroundings };
  return {
    code: relative(folder, from.code),
    handler: from.handler,
    runtime: from.runtime,
    ...(from.bin === undefined ? {} : { bin: from.bin }),
    ...(from.launcher === null ? {} : { launcher: from.launcher }),
    ...surroundings,
  };
}

/** A hidden value is not written. A replay asks for it. */
function writtenVariables(
  environment: FunctionUnderSearch["environment"],
  hidden: HiddenValues,
): NonNullable<ScheduleFunction["environment"]> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, hidden.hides(value) ? null : value]),
  );
}

/** The variables of the file that the function needs, and whose values must be given again. */
export function missingVariables(from: ScheduleFunction, given: GivenFunction): readonly string[] {
  const isOther = given.function !== undefined || given.code !== undefined;
  if (isOther && !takesSurroundings(from, given)) return [];
  return Object.entries(from.environment ?? {}).flatMap(([name, value]) =>
    value !== null || given.env?.some(({ key }) => key === name) === true ? [] : [name],
  );
}

/** The capacity of a single peer is a member of the file itself, so it is left out here. */
function writtenPeers(peers: FunctionUnderSearch["peers"]): Omit<Surroundings, "memoryMb" | "environment"> {
  const named = peers.flatMap(({ name, place, protocol, capacity }) =>
    name === null ? [] : [{ name, link: place, ...writtenProtocol(protocol), capacity }],
  );
  if (named.length > 0) return { peers: named };
  const [only] = peers;
  return only === undefined ? {} : { link: only.place, ...writtenProtocol(only.protocol) };
}

function writtenProtocol(protocol: SearchedPeer["protocol"]): Pick<Surroundings, "protocol"> {
  return protocol === null ? {} : { protocol };
}

/** The flags of `replay` replace members of the file; variables of `--env` are added. */
export function readFunction(from: ScheduleFunction, given: GivenFunction): GivenFunction {
  const surroundings = readSurroundings(from, given);
  if ("design" in from) return { function: from.design, ...surroundings };
  return {
    code: from.code,
    handler: given.handler ?? from.handler ?? undefined,
    runtime: given.runtime ?? from.runtime,
    bin: given.bin ?? from.bin,
    launcher: given.launcher ?? from.launcher,
    ...surroundings,
  };
}

/**
 * Another function for the schedule. If the user gave no memory, it gets the memory in the file. If the user gave no `--link`, another
 * handler gets the link and the variables in the file, because it is usually the repaired one. A design gets them only if the file has
 * several peers, because it finds a single peer in variables of its own.
 */
export function otherFunction(from: ScheduleFunction, given: GivenFunction): GivenFunction {
  return takesSurroundings(from, given)
    ? { ...given, ...readSurroundings(from, given) }
    : { ...given, memory: given.memory ?? from.memoryMb };
}

function takesSurroundings(from: ScheduleFunction, given: GivenFunction): boolean {
  return (from.peers !== undefined || given.code !== undefined) && given.link === undefined;
}

function readSurroundings(
  { link, protocol, peers, memoryMb, environment }: ScheduleFunction,
  given: GivenFunction,
): Pick<GivenFunction, "link" | "protocol" | "capacity" | "memory" | "env"> {
  const written = peers ?? (link === undefined ? [] : [{ name: null, link, protocol }]);
  return {
    protocol:
      given.protocol ??
      written.flatMap((one) => (one.protocol === undefined ? [] : [{ name: one.name, value: one.protocol }])),
    link: given.link ?? written.map((one) => ({ name: one.name, value: choiceOf(one.link) })),
    memory: given.memory ?? memoryMb,
    capacity: peers?.map(({ name, capacity }) => ({ name, value: capacity })),
    env: [
      ...Object.entries(environment ?? {}).flatMap(([key, value]) =>
        value === null ? [] : [{ key, value }],
      ),
      ...(given.env ?? []),
    ],
  };
}

function choiceOf(place: LinkPlace): LinkChoice {
  return "name" in place
    ? { byName: true, address: { host: place.name, port: place.port } }
    : { ...place, address: null };
}
