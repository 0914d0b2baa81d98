/**
 * Reads the layer or the layer version from a request's path. The path has the layer's name or ARN, and the version as a separate number.
 */
import { invalidParameter, resourceNotFound } from "../../request-validation/lambda-error.ts";
import { layerArn, notAuthorized, parseLayerArn } from "../layers/layer-reference.ts";
import type { FoundLayerVersion } from "../layers/layer-registry.ts";
import type { LambdaCall, OperationContext } from "./operation.ts";

export function layerNameOf({ operation, parameters, home }: LambdaCall): string {
  const sent = parameters["LayerName"] ?? "";
  const named = parseLayerArn(sent);
  if (named === null) return sent;
  if (named.region !== home.region || named.accountId !== home.accountId)
    throw notAuthorized(home, operation, sent);
  return named.name;
}

/** The layer version need not exist. */
export function layerVersionOf(call: LambdaCall): { readonly name: string; readonly version: number } {
  const name = layerNameOf(call);
  const version = Number(call.parameters["VersionNumber"]);
  if (!Number.isSafeInteger(version) || version < 1)
    throw invalidParameter("Layer Version Cannot be less than 1");
  return { name, version };
}

/**
 * For operations on the policy of a layer version. Throws if the layer version does not exist. The error has the code and text that these
 * operations give.
 */
export function requireLayerVersion(call: LambdaCall, { layers }: OperationContext): FoundLayerVersion {
  const { name, version } = layerVersionOf(call);
  const found = layers.findVersion(name, call.home.region, version);
  if (found === undefined)
    throw resourceNotFound(`Layer version ${layerArn(call.home, name, version)} does not exist.`);
  return found;
}
