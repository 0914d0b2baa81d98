/** Finds the function whose ARN is in the path of a tags request. */
import type { FunctionRecord } from "../functions/function-record.ts";
import { parseFunctionReference } from "../functions/function-reference.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import type { LambdaCall, OperationContext } from "./operation.ts";

export function taggedFunction(call: LambdaCall, context: OperationContext): FunctionRecord {
  const arn = call.parameters["Resource"] ?? "";
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
