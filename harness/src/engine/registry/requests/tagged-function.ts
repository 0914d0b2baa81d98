/** Finds the function whose ARN is in the path of a tags request. */
import { Constraints } from "../../request-validation/constraints.ts";
import type { FunctionRecord } from "../functions/function-record.ts";
import { parseFunctionReference } from "../functions/function-reference.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import type { LambdaCall, OperationContext } from "./operation.ts";

const TAGGABLE =
  "arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)";

export function taggedFunction(call: LambdaCall, context: OperationContext): FunctionRecord {
  const arn = call.parameters["arn"] ?? "";
  const constraints = new Constraints();
  constraints.text("resource", arn, { min: 1, max: 256, pattern: TAGGABLE });
  constraints.check();
  if (!arn.includes(":function:"))
    throw new LambdaError("ResourceNotFoundException", `The resource you requested does not exist: ${arn}`);
  const reference = parseFunctionReference(arn, null, call.home);
  if (reference.qualifier !== null) {
    throw new LambdaError(
      "InvalidParameterValueException",
      "Tags on function aliases and versions are not supported. Please specify a function ARN.",
    );
  }
  return context.registry.require(reference, call.home.region);
}
