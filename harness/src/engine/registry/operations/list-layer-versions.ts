import { layerNameOf } from "../requests/layer-request.ts";
import { layerFilter, layerVersionResponse } from "../layers/layer-response.ts";
import type { LambdaOperation } from "../requests/operation.ts";
import { page } from "../requests/page.ts";

/** ListLayerVersions: the newest version comes first. If the layer does not exist, the list is empty. */
export const listLayerVersions: LambdaOperation = (call, { layers }) => {
  const suits = layerFilter(call.query);
  const layer = layers.find(layerNameOf(call), call.home.region);
  const versions = (layer?.versions ?? []).filter(suits).toReversed();
  const { items, nextMarker } = page(versions, ({ version }) => String(version), call.query);
  return {
    status: 200,
    body: {
      ...(nextMarker === null ? {} : { NextMarker: nextMarker }),
      LayerVersions: layer === undefined ? [] : items.map((version) => layerVersionResponse(layer, version)),
    },
  };
};
