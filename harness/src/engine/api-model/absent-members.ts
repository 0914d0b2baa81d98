/**
 * Members of requests that have an effect on AWS and none in the engine. A request that has such a member is refused, so that the engine
 * never accepts a setting and then ignores it.
 */
import type { Service } from "./request-model.ts";
import type { SentMembers } from "./check-request.ts";

/** Paths of members, for every operation that has them. */
export const ABSENT_MEMBERS: Readonly<Record<Service, readonly string[]>> = {
  lambda: [
    "AcceleratorConfig",
    "CapacityProviderConfig",
    "Code.SourceKMSKeyArn",
    "DurableConfig",
    "DurableExecutionName",
    "FileSystemConfigs",
    "ImageConfig",
    "MasterRegion",
    "PublishTo",
    "RuntimeConfig",
    "SourceKMSKeyArn",
  ],
  logs: [
    "accountIdentifiers",
    "applyOnTransformedLogs",
    "dataSources",
    "deletionProtectionEnabled",
    "emitSystemFieldDimensions",
    "entity",
    "fieldIndexNames",
    "fieldSelectionCriteria",
    "includeLinkedAccounts",
    "kmsKeyId",
    "logGroupTags",
  ],
};

interface AbsentPath {
  readonly path: string;
  readonly names: readonly string[];
}

const split = (paths: readonly string[]): readonly AbsentPath[] =>
  paths.map((path) => ({ path, names: path.split(".") }));

const ABSENT_PATHS: Readonly<Record<Service, readonly AbsentPath[]>> = {
  lambda: split(ABSENT_MEMBERS.lambda),
  logs: split(ABSENT_MEMBERS.logs),
};

/** Members that have an effect on AWS even as an empty object, because everything in them has a default. */
const MEANT_IF_EMPTY: ReadonlySet<string> = new Set(["DurableConfig"]);

/** Returns the first of `ABSENT_MEMBERS` that the request has. A member without content counts only if it is in `MEANT_IF_EMPTY`. */
export function absentMember(service: Service, sent: SentMembers): string | null {
  for (const { path, names } of ABSENT_PATHS[service]) {
    const value = valueAt(sent, names);
    if (value === undefined) continue;
    const meant = MEANT_IF_EMPTY.has(path) && typeof value === "object" && value !== null;
    if (meant || hasContent(value)) return path;
  }
  return null;
}

function valueAt(sent: SentMembers, names: readonly string[]): unknown {
  let value: unknown = sent;
  for (const name of names) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as SentMembers)[name];
  }
  return value;
}

function hasContent(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false) return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}
