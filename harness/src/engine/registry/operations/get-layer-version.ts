import { layerVersionOf, noSuchLayer } from "../layer-reference.ts";
import { wholeLayerVersionResponse } from "../layer-response.ts";
import type { LambdaOperation } from "../operation.ts";

export const getLayerVersion: LambdaOperation = (call, { layers, codeUrl }) => {
  const { name, version } = layerVersionOf(call);
  const found = layers.findVersion(name, call.home.region, version);
  if (found === undefined) throw noSuchLayer();
  const location = codeUrl(found.version.code);
  return { status: 200, body: wholeLayerVersionResponse(found.layer, found.version, location) };
};
