/** The function of a schedule file: written from the function that was searched, and read back for a replay. */
import { relative } from "node:path";
import type { LinkPlace } from "../../domain/link-place.ts";
import type { ScheduleFile } from "../../explore/schedule-file.ts";
import type { LinkChoice } from "../../settings/value-parsers.ts";
import type { FunctionUnderSearch, GivenFunction } from "./function-under-search.ts";

type ScheduleFunction = ScheduleFile["function"];

/** `folder` is that of the schedule file. */
export function writtenFunction(
  { from, link, environment }: Pick<FunctionUnderSearch, "from" | "link" | "environment">,
  folder: string,
): ScheduleFunction {
  if ("design" in from) return from;
  return {
    code: relative(folder, from.code),
    handler: from.handler,
    runtime: from.runtime,
    ...(from.bin === undefined ? {} : { bin: from.bin }),
    ...(from.launcher === null ? {} : { launcher: from.launcher }),
    link,
    ...(Object.keys(environment).length === 0 ? {} : { environment }),
  };
}

/** What the user gives to `replay` replaces what the file says; variables are added. */
export function readFunction(from: ScheduleFunction, given: GivenFunction): GivenFunction {
  const env = given.env ?? [];
  const { protocol } = given;
  if ("design" in from) return { function: from.design, protocol, env };
  return {
    code: from.code,
    protocol,
    handler: given.handler ?? from.handler ?? undefined,
    runtime: given.runtime ?? from.runtime,
    bin: given.bin ?? from.bin,
    launcher: given.launcher ?? from.launcher,
    link: given.link ?? (from.link === undefined ? undefined : choiceOf(from.link)),
    env: [...Object.entries(from.environment ?? {}).map(([key, value]) => ({ key, value })), ...env],
  };
}

function choiceOf(place: LinkPlace): LinkChoice {
  return "name" in place
    ? { byName: true, address: { host: place.name, port: place.port } }
    : { ...place, address: null };
}
