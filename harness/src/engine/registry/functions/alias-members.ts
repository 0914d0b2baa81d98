/** Reads an alias from a request and checks it against the function's versions. Pure. */
import { Constraints } from "../../request-validation/constraints.ts";
import type { FunctionAlias, FunctionRecord } from "./function-record.ts";
import { functionArn } from "./function-reference.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import type { RequestMembers } from "../../request-validation/request-members.ts";

const ALIAS_PATTERN = "(?!^[0-9]+$)([a-zA-Z0-9-_]+)";

export function checkAliasName(name: string | undefined): void {
  const constraints = new Constraints();
  constraints.required("name", name);
  constraints.text("name", name, { min: 1, max: 128, pattern: ALIAS_PATTERN });
  constraints.check();
}

/** Absent members keep their value in `before`. */
export function readAlias(
  members: RequestMembers,
  record: FunctionRecord,
  before: Omit<FunctionAlias, "RevisionId" | "Name"> | null,
): Omit<FunctionAlias, "RevisionId" | "Name"> {
  const version = members.text("FunctionVersion") ?? before?.FunctionVersion;
  const description = members.text("Description") ?? before?.Description ?? "";
  const weights = members.object("RoutingConfig")?.numberMap("AdditionalVersionWeights") ?? {};
  const constraints = new Constraints();
  constraints.required("functionVersion", version);
  constraints.text("functionVersion", version, { min: 1, max: 1_024, pattern: "(\\$LATEST|[0-9]+)" });
  constraints.text("description", description, { max: 256 });
  for (const [key, weight] of Object.entries(weights)) {
    constraints.text("routingConfig.additionalVersionWeights", key, {
      min: 1,
      max: 1_024,
      pattern: "[0-9]+",
    });
    if (!(weight >= 0 && weight <= 1))
      throw new LambdaError(
        "InvalidParameterValueException",
        `The weight of version ${key} must be between 0 and 1.`,
      );
  }
  constraints.check();
  if (Object.keys(weights).length > 1) {
    throw new LambdaError(
      "InvalidParameterValueException",
      `Number of items in AdditionalVersionWeights cannot be greater than 1`,
    );
  }
  for (const wanted of [version ?? "", ...Object.keys(weights)]) requireVersion(record, wanted);
  if (version === "$LATEST" && Object.keys(weights).length > 0) {
    throw new LambdaError(
      "InvalidParameterValueException",
      "$LATEST is not supported for an alias pointing to more than 1 version",
    );
  }
  if (version !== undefined && version in weights) {
    throw new LambdaError(
      "InvalidParameterValueException",
      `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
    );
  }
  // An alias of the engine is one version: what a soak shows must not hang on a draw.
  if (Object.keys(weights).length > 0)
    throw new LambdaError(
      "InvalidParameterValueException",
      "The local engine does not support weighted aliases (RoutingConfig).",
    );
  return { FunctionVersion: version ?? "", Description: description };
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
