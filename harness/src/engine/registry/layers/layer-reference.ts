/** Builds and parses the ARN of a layer or of a layer version. Pure. */
import type { Home } from "../home.ts";
import { resourceNotFound, accessDenied, type LambdaError } from "../../request-validation/lambda-error.ts";

const ARN = /^arn:[a-zA-Z0-9-]+:lambda:([a-zA-Z0-9-]+):(\d{12}):layer:([a-zA-Z0-9-_]+)(?::(\d+))?$/;

export interface LayerVersionReference extends Home {
  readonly name: string;
  readonly version: number;
}

export function layerArn(home: Home, name: string, version: number | null = null): string {
  const arn = `arn:aws:lambda:${home.region}:${home.accountId}:layer:${name}`;
  return version === null ? arn : `${arn}:${version}`;
}

/** Returns null if the text is neither the ARN of a layer nor of a layer version. */
export function parseLayerArn(arn: string): (Home & { readonly name: string }) | null {
  const [, region, accountId, name] = ARN.exec(arn) ?? [];
  if (region === undefined || accountId === undefined || name === undefined) return null;
  return { region, accountId, name };
}

export function parseLayerVersionArn(arn: string): LayerVersionReference | null {
  const [, region, accountId, name, version] = ARN.exec(arn) ?? [];
  if (region === undefined || accountId === undefined || name === undefined || version === undefined)
    return null;
  return { region, accountId, name, version: Number(version) };
}

export function noSuchLayer(): LambdaError {
  return resourceNotFound("The resource you requested does not exist.");
}

/**
 * Returns the error for a request that names a layer of another account or Region. `action` is the IAM action without its prefix, such as
 * `GetLayerVersion`.
 */
export function notAuthorized(home: Home, action: string, arn: string): LambdaError {
  return accessDenied(
    `User: arn:aws:iam::${home.accountId}:root is not authorized to perform: lambda:${action} on resource: ${arn} because no resource-based policy allows the lambda:${action} action`,
  );
}
