/** Finds the function whose ARN is in the path of a tags request. */
import type { FunctionRecord } from "../functions/function-record.ts";
import { parseFunctionReference } from "../functions/function-reference.ts";
import { parseLayerArn } from "../layers/layer-reference.ts";
import { invalidParameter, resourceNotFound } from "../../request-validation/lambda-error.ts";
import type { LambdaCall, OperationContext } from "./operation.ts";

export function taggedFunction(call: LambdaCall, context: OperationContext): FunctionRecord {
  const arn = call.parameters["Resource"] ?? "";
  const layer = parseLayerArn(arn);
  if (layer !== null && (context.layers.find(layer.name, layer.region)?.versions ?? []).length > 0)
    throw invalidParameter("The local engine does not support tags of layers.");
  if (!arn.includes(":function:")) throw resourceNotFound(`${missing(arn)}: ${arn}`);
  const reference = parseFunctionReference(arn, null, call.home);
  if (reference.qualifier !== null) {
    throw invalidParameter(
      "Tags on function aliases and versions are not supported. Please specify a function ARN.",
    );
  }
  return context.registry.require(reference, call.home.region);
}

/** Returns AWS's message for the ARN of a resource that the engine does not have. The first two messages are recorded. */
function missing(arn: string): string {
  if (arn.includes(":event-source-mapping:")) return "Event source mapping not found";
  if (arn.includes(":capacity-provider:")) return "Capacity provider not found";
  return "The resource you requested does not exist";
}
