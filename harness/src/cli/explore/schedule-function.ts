/** The function of a schedule file: written from the function that was searched, and read back for a replay. */
import { relative } from "node:path";
import type { LinkPlace } from "../../domain/link-place.ts";
import type { ScheduleFile } from "../../explore/schedule-file.ts";
import type { LinkChoice } from "../../settings/value-parsers.ts";
import type { FunctionUnderSearch, GivenFunction } from "./function-under-search.ts";

type ScheduleFunction = ScheduleFile["function"];
type Surroundings = Pick<ScheduleFunction, "link" | "protocol" | "environment">;

/** `folder` is that of the schedule file. */
export function writtenFunction(
  { from, link, environment, protocol }: Pick<FunctionUnderSearch, "from" | keyof Surroundings>,
  folder: string,
): ScheduleFunction {
  const surroundings: Surroundings = {
    link,
    ...(protocol === null ? {} : { protocol }),
    ...(Object.keys(environment).length === 0 ? {} : { environment }),
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

/** What the user gives to `replay` replaces what the file says; variables are added. */
export function readFunction(from: ScheduleFunction, given: GivenFunction): GivenFunction {
  const surroundings = {
    protocol: given.protocol ?? from.protocol,
    link: given.link ?? (from.link === undefined ? undefined : choiceOf(from.link)),
    env: [
      ...Object.entries(from.environment ?? {}).map(([key, value]) => ({ key, value })),
      ...(given.env ?? []),
    ],
  };
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

function choiceOf(place: LinkPlace): LinkChoice {
  return "name" in place
    ? { byName: true, address: { host: place.name, port: place.port } }
    : { ...place, address: null };
}
