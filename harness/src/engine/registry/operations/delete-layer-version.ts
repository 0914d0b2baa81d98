import { layerVersionOf } from "../requests/layer-request.ts";
import type { LambdaOperation } from "../requests/operation.ts";

/** One that is not there is deleted already. Functions that have it keep it. */
export const deleteLayerVersion: LambdaOperation = async (call, { layers }) => {
  const { name, version } = layerVersionOf(call);
  const layer = layers.find(name, call.home.region);
  if (layer !== undefined) {
    layer.versions = layer.versions.filter((known) => known.version !== version);
    await layers.save(layer);
  }
  return { status: 204, body: null };
};
