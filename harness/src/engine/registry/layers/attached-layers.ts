/** Finds the layers that a function's configuration names, and checks them against Lambda's limits. Pure. */
import type { Home } from "../home.ts";
import { invalidParameter, type LambdaError } from "../../request-validation/lambda-error.ts";
import { layerArn, notAuthorized, parseLayerVersionArn } from "./layer-reference.ts";
import type { LayerRegistry } from "./layer-registry.ts";
import type { StoredPackage } from "../packages/stored-package.ts";
import { UNZIPPED_BYTES_MAX } from "../packages/unpack-package.ts";

/** A layer version as a function stores it: the function keeps it even if the layer version is deleted. */
export interface AttachedLayer {
  readonly Arn: string;
  readonly code: StoredPackage;
}

const LAYERS_MAX = 5;

/** A layer that is already attached (`before`) is kept, even if its version was deleted. */
export function attachedLayers(
  arns: readonly string[],
  before: readonly AttachedLayer[],
  home: Home,
  layers: LayerRegistry,
): readonly AttachedLayer[] {
  if (arns.length > LAYERS_MAX) throw invalidParameter(`Cannot reference more than ${LAYERS_MAX} layers.`);
  const seen = new Map<string, string>();
  return arns.map((arn) => {
    const reference = parseLayerVersionArn(arn);
    if (reference === null) throw layerNotFoundError(arn);
    if (reference.region !== home.region)
      throw invalidParameter(
        `Layers are not in the same region as the function. Layers are expected to be in region ${home.region}.`,
      );
    if (reference.accountId !== home.accountId) throw notAuthorized(home, "GetLayerVersion", arn);
    const other = seen.get(reference.name);
    if (other !== undefined)
      throw invalidParameter(
        `Two different versions of the same layer are not allowed to be referenced in the same function. ${other} and ${arn} are versions of the same layer.`,
      );
    seen.set(reference.name, arn);
    const kept = before.find((layer) => layer.Arn === arn);
    if (kept !== undefined) return kept;
    const found = layers.findVersion(reference.name, home.region, reference.version);
    if (found === undefined) throw layerNotFoundError(arn);
    return { Arn: layerArn(home, reference.name, reference.version), code: found.version.code };
  });
}

/** Throws AWS's error if code and layers together exceed the limit that also applies to code alone. */
export function checkUnzippedSize(code: StoredPackage, layers: readonly AttachedLayer[]): void {
  const bytes = layers.reduce((sum, layer) => sum + layer.code.unzippedSize, code.unzippedSize);
  if (layers.length === 0 || bytes <= UNZIPPED_BYTES_MAX) return;
  throw invalidParameter(
    `Function code combined with layers exceeds the maximum allowed size of ${UNZIPPED_BYTES_MAX} bytes. The actual size is ${bytes} bytes.`,
  );
}

function layerNotFoundError(arn: string): LambdaError {
  return invalidParameter(`Layer version ${arn} does not exist.`);
}
