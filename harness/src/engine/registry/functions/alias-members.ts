/** Reads an alias from a request and checks it against the function's versions. Pure. */
import type { FunctionAlias, FunctionRecord } from "./function-record.ts";
import { functionArn } from "./function-reference.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import type { RequestMembers } from "../../request-validation/request-members.ts";

/** Returns the alias of a request. Members that the request leaves out keep their value in `before`. */
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
  requireVersion(record, version);
  // An alias of the engine names one version, because the result of a soak must not depend on chance.
  if (members.object("RoutingConfig")?.hasContent("AdditionalVersionWeights") === true)
    throw new LambdaError(
      "InvalidParameterValueException",
      "The local engine does not support weighted aliases (RoutingConfig).",
    );
  return { FunctionVersion: version, Description: description };
}

export function requireAlias(record: FunctionRecord, name: string): FunctionAlias {
  const alias = record.aliases.find((known) => known.Name === name);
  if (alias === undefined)
    throw new LambdaError(
      "ResourceNotFoundException",
      `Cannot find alias arn: ${functionArn(record, record.name, name)}`,
    );
  return alias;
}

function requireVersion(record: FunctionRecord, version: string): void {
  if (version === "$LATEST" || record.versions.some((known) => known.version === version)) return;
  throw new LambdaError(
    "ResourceNotFoundException",
    `Function not found: ${functionArn(record, record.name, version)}`,
  );
}
