import { layerArn } from "../layers/layer-reference.ts";
import { layerFilter, layerVersionResponse } from "../layers/layer-response.ts";
import type { LambdaOperation } from "../requests/operation.ts";
import { page } from "../requests/page.ts";

export const listLayers: LambdaOperation = (call, context) => {
  const suits = layerFilter(call.query);
  const rows = context.layers.all(call.home.region).flatMap((layer) => {
    const latest = layer.versions.findLast(suits);
    return latest === undefined ? [] : [{ layer, latest }];
  });
  const { items, nextMarker } = page(rows, ({ layer }) => layer.name, call.query);
  return {
    status: 200,
    body: {
      ...(nextMarker === null ? {} : { NextMarker: nextMarker }),
      Layers: items.map(({ layer, latest }) => ({
        LayerName: layer.name,
        LayerArn: layerArn(layer, layer.name),
        LatestMatchingVersion: layerVersionResponse(layer, latest),
      })),
    },
  };
};
