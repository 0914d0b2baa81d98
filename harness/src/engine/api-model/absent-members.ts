/**
 * Members of requests that have an effect on AWS and none in the engine. A request that has such a member is refused, so that the engine never
 * accepts a setting and then ignores it. All other members of the API model have their effect, or are stored and returned. A test fails on a
 * member of the model for which no decision is written down.
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
    "TenancyConfig",
    "TenantId",
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

/** Members that have an effect on AWS even as an empty object, because everything in them has a default. */
const MEANT_IF_EMPTY: ReadonlySet<string> = new Set(["DurableConfig"]);

/**
 * Returns the first of `ABSENT_MEMBERS` that the request has, or null. A member without content is ignored, unless it is in `MEANT_IF_EMPTY`.
 */
export function absentMember(service: Service, sent: SentMembers): string | null {
  return (
    ABSENT_MEMBERS[service].find((path) => {
      const value = valueAt(sent, path.split("."));
      return hasContent(value) || (MEANT_IF_EMPTY.has(path) && typeof value === "object" && value !== null);
    }) ?? null
  );
}

function valueAt(sent: SentMembers, [name = "", ...rest]: readonly string[]): unknown {
  const value = Object.hasOwn(sent, name) ? sent[name] : undefined;
  if (rest.length === 0) return value;
  return typeof value === "object" && value !== null ? valueAt(value as SentMembers, rest) : undefined;
}

function hasContent(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false) return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}
