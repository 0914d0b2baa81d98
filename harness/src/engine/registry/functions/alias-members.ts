/** Reads an alias from a request and checks it against the function's versions. Pure. */
import type { FunctionAlias, FunctionRecord } from "./function-record.ts";
import { functionArn } from "./function-reference.ts";
import { LambdaError, invalidParameter, resourceNotFound } from "../../request-validation/lambda-error.ts";
import type { RequestMembers } from "../../request-validation/request-members.ts";

/** Members that the request leaves out keep the value that they have in `before`. */
export function readAlias(
  members: RequestMembers,
  record: FunctionRecord,
  before: Omit<FunctionAlias, "RevisionId" | "Name"> | null,
): Omit<FunctionAlias, "RevisionId" | "Name"> {
  const version =
    before === null
      ? members.required("FunctionVersion")
      : (members.text("FunctionVersion") ?? before.FunctionVersion);
  const description = members.text("Description") ?? before?.Description ?? "";
  const routing = members.object("RoutingConfig");
  const weights = routing?.numberMap("AdditionalVersionWeights");
  const sent = Object.entries(weights ?? {}).map(([name, weight]) => ({ version: name, weight }));
  if (sent.length > 1)
    throw invalidParameter("Number of items in AdditionalVersionWeights cannot be greater than 1");
  // A request without RoutingConfig leaves the weights as they are. An empty RoutingConfig removes them, which is how Terraform ends a canary.
  const additional = routing === undefined ? (before?.additional ?? null) : (sent[0] ?? null);
  if (additional?.version === version)
    throw invalidParameter(
      `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
    );
  requireVersion(record, version);
  if (additional !== null) {
    if (version === "$LATEST")
      throw new LambdaError(
        "InvalidParameterValueException",
        "$LATEST is not supported for an alias pointing to more than 1 version",
        {},
        { typed: false },
      );
    requireVersion(record, additional.version);
  }
  return { FunctionVersion: version, Description: description, additional };
}

/**
 * Throws AWS's error if the alias does not exist. `missing` begins the message: `Alias not found` for UpdateAlias, the other text for
 * all other operations (recorded from AWS, docs/aws/function-api.md#aliases).
 */
export function requireAlias(
  record: FunctionRecord,
  name: string,
  missing: "Cannot find alias arn" | "Alias not found" = "Cannot find alias arn",
): FunctionAlias {
  const alias = record.aliases.find((known) => known.Name === name);
  if (alias === undefined) throw resourceNotFound(`${missing}: ${functionArn(record, record.name, name)}`);
  return alias;
}

function requireVersion(record: FunctionRecord, version: string): void {
  if (version === "$LATEST" || record.versions.some((known) => known.version === version)) return;
  throw resourceNotFound(`Function not found: ${functionArn(record, record.name, version)}`);
}
