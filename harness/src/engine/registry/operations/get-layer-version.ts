import { noSuchLayer } from "../layers/layer-reference.ts";
import { layerVersionOf } from "../requests/layer-request.ts";
import { wholeLayerVersionResponse } from "../layers/layer-response.ts";
import type { LambdaOperation } from "../requests/operation.ts";

export const getLayerVersion: LambdaOperation = (call, { layers, codeUrl }) => {
  const { name, version } = layerVersionOf(call);
  const found = layers.findVersion(name, call.home.region, version);
  if (found === undefined) throw noSuchLayer();
  const location = codeUrl(found.version.code);
  return { status: 200, body: wholeLayerVersionResponse(found.layer, found.version, location) };
};
