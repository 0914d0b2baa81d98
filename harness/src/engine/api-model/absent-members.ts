/**
 * Members of requests that have an effect on AWS and none in the engine. A request that has such a member is refused, so that nothing is
 * accepted and forgotten. All other members of the API model have their effect, or are kept and returned. A test goes through the model and
 * fails on a member that is in no list.
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

/** An empty one of these is a request as well: all its members have defaults. */
const MEANT_IF_EMPTY: ReadonlySet<string> = new Set(["DurableConfig"]);

/** Returns the first member of the request that is in this list, or null. Other members without content are ignored. */
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
