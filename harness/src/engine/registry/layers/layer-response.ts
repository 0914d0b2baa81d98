/** How the API shows a layer version, and which ones a filter means. Pure. */
import { Constraints } from "../../request-validation/constraints.ts";
import type { LayerRecord, LayerVersion } from "./layer-record.ts";
import { layerArn } from "./layer-reference.ts";
import { LAMBDA_RUNTIMES, ARCHITECTURES } from "../runtime-names.ts";

/** As in lists. */
export function layerVersionResponse(layer: LayerRecord, version: LayerVersion): Record<string, unknown> {
  return {
    LayerVersionArn: layerArn(layer, layer.name, version.version),
    Version: version.version,
    Description: version.Description,
    CreatedDate: version.CreatedDate,
    ...(version.CompatibleRuntimes === undefined ? {} : { CompatibleRuntimes: version.CompatibleRuntimes }),
    ...(version.LicenseInfo === undefined ? {} : { LicenseInfo: version.LicenseInfo }),
    ...(version.CompatibleArchitectures === undefined
      ? {}
      : { CompatibleArchitectures: version.CompatibleArchitectures }),
  };
}

/** With its content; `location`: where it can be fetched. */
export function wholeLayerVersionResponse(
  layer: LayerRecord,
  version: LayerVersion,
  location: string,
): Record<string, unknown> {
  const { codeSha256, codeSize } = version.code;
  return {
    Content: { Location: location, CodeSha256: codeSha256, CodeSize: codeSize },
    LayerArn: layerArn(layer, layer.name),
    ...layerVersionResponse(layer, version),
  };
}

export function layerFilter(query: URLSearchParams): (version: LayerVersion) => boolean {
  const runtime = query.get("CompatibleRuntime");
  const architecture = query.get("CompatibleArchitecture");
  const constraints = new Constraints();
  constraints.oneOf("compatibleRuntime", runtime ?? undefined, LAMBDA_RUNTIMES);
  constraints.oneOf("compatibleArchitecture", architecture ?? undefined, ARCHITECTURES);
  constraints.check();
  return (version) =>
    (runtime === null || version.CompatibleRuntimes?.includes(runtime) === true) &&
    (architecture === null || version.CompatibleArchitectures?.includes(architecture) === true);
}
