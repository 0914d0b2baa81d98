/** The answers that describe a layer version, and the filter of layer versions in a request. Pure. */
import type { LayerRecord, LayerVersion } from "./layer-record.ts";
import { layerArn } from "./layer-reference.ts";

/** Returns a layer version as lists show it. Only lists leave out an empty description (recorded by Moto, 2025-10). */
export function layerVersionResponse(layer: LayerRecord, version: LayerVersion): Record<string, unknown> {
  return {
    LayerVersionArn: layerArn(layer, layer.name, version.version),
    Version: version.version,
    ...(version.Description === "" ? {} : { Description: version.Description }),
    CreatedDate: version.CreatedDate,
    ...(version.CompatibleRuntimes === undefined ? {} : { CompatibleRuntimes: version.CompatibleRuntimes }),
    ...(version.LicenseInfo === undefined ? {} : { LicenseInfo: version.LicenseInfo }),
    ...(version.CompatibleArchitectures === undefined
      ? {}
      : { CompatibleArchitectures: version.CompatibleArchitectures }),
  };
}

/** `location` is the URL of the layer version's content. */
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
    Description: version.Description,
  };
}

export function layerFilter(query: URLSearchParams): (version: LayerVersion) => boolean {
  const runtime = query.get("CompatibleRuntime");
  const architecture = query.get("CompatibleArchitecture");
  return (version) =>
    (runtime === null || version.CompatibleRuntimes?.includes(runtime) === true) &&
    (architecture === null || version.CompatibleArchitectures?.includes(architecture) === true);
}
