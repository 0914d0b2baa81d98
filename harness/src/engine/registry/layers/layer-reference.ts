/** What a caller calls a layer: its name or its ARN, with a version as a number beside it. Pure. */
import { Constraints } from "../../request-validation/constraints.ts";
import type { Home } from "../functions/function-reference.ts";
import type { FoundLayerVersion } from "./layer-registry.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import type { LambdaCall, OperationContext } from "../requests/operation.ts";

const LAYER_NAME_PATTERN =
  "(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+";
const LAYER_VERSION_ARN_PATTERN =
  "arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+";
const ARN = /^arn:[a-zA-Z0-9-]+:lambda:([a-zA-Z0-9-]+):(\d{12}):layer:([a-zA-Z0-9-_]+)(?::(\d+))?$/;

export interface LayerVersionReference extends Home {
  readonly name: string;
  readonly version: number;
}

export function layerArn(home: Home, name: string, version: number | null = null): string {
  const arn = `arn:aws:lambda:${home.region}:${home.accountId}:layer:${name}`;
  return version === null ? arn : `${arn}:${version}`;
}

/** The layer that the path names. */
export function layerNameOf({ parameters, home }: LambdaCall): string {
  const sent = parameters["layer"] ?? "";
  const constraints = new Constraints();
  constraints.text("layerName", sent, { min: 1, max: 140, pattern: LAYER_NAME_PATTERN });
  constraints.check();
  const [, region, account, name] = ARN.exec(sent) ?? [];
  if (name === undefined) return sent;
  if (region !== home.region || account !== home.accountId) throw notAuthorized(home, sent);
  return name;
}

/** The version that the path names; it need not be there. */
export function layerVersionOf(call: LambdaCall): { readonly name: string; readonly version: number } {
  const name = layerNameOf(call);
  const version = Number(call.parameters["version"]);
  if (!Number.isSafeInteger(version) || version < 1)
    throw new LambdaError("InvalidParameterValueException", "Layer Version Cannot be less than 1");
  return { name, version };
}

/** Throws "does not exist" in the words of the operations on a layer version's policy. */
export function requireLayerVersion(call: LambdaCall, { layers }: OperationContext): FoundLayerVersion {
  const { name, version } = layerVersionOf(call);
  const found = layers.findVersion(name, call.home.region, version);
  if (found === undefined)
    throw new LambdaError(
      "ResourceNotFoundException",
      `Layer version ${layerArn(call.home, name, version)} does not exist.`,
    );
  return found;
}

export function parseLayerVersionArn(arn: string): LayerVersionReference | null {
  const [, region, accountId, name, version] = ARN.exec(arn) ?? [];
  if (region === undefined || accountId === undefined || name === undefined || version === undefined)
    return null;
  return { region, accountId, name, version: Number(version) };
}

export function readLayerVersionArn(arn: string | null): LayerVersionReference {
  const constraints = new Constraints();
  constraints.required("arn", arn ?? undefined);
  constraints.text("arn", arn ?? undefined, { min: 1, max: 140, pattern: LAYER_VERSION_ARN_PATTERN });
  constraints.check();
  const reference = parseLayerVersionArn(arn ?? "");
  if (reference === null) throw noSuchLayer();
  return reference;
}

export function noSuchLayer(): LambdaError {
  return new LambdaError("ResourceNotFoundException", "The resource you requested does not exist.");
}

export function notAuthorized(home: Home, arn: string): LambdaError {
  return new LambdaError(
    "AccessDeniedException",
    `User: arn:aws:iam::${home.accountId}:root is not authorized to perform: lambda:GetLayerVersion on resource: ${arn} because no resource-based policy allows the lambda:GetLayerVersion action`,
  );
}
