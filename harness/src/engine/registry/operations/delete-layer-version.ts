import { layerVersionOf } from "../requests/layer-request.ts";
import type { LambdaOperation } from "../requests/operation.ts";

/** DeleteLayerVersion: succeeds also if the version does not exist. Functions that use the version keep it. */
export const deleteLayerVersion: LambdaOperation = async (call, { layers }) => {
  const { name, version } = layerVersionOf(call);
  const layer = layers.find(name, call.home.region);
  if (layer !== undefined) {
    layer.versions = layer.versions.filter((known) => known.version !== version);
    await layers.save(layer);
  }
  return { status: 204, body: null };
};
