/** Serves ListLayers and GetLayerVersionByArn. The second one has the same path and the query `find=LayerVersion`. */
import { layerArn, noSuchLayer, notAuthorized, readLayerVersionArn } from "../layers/layer-reference.ts";
import { layerFilter, layerVersionResponse, wholeLayerVersionResponse } from "../layers/layer-response.ts";
import type { LambdaOperation } from "../requests/operation.ts";
import { page } from "../requests/page.ts";

export const listLayers: LambdaOperation = (call, context) => {
  if (call.query.get("find") === "LayerVersion") return getLayerVersionByArn(call, context);
  const suits = layerFilter(call.query);
  const rows = context.layers.all(call.home.region).flatMap((layer) => {
    const latest = layer.versions.findLast(suits);
    return latest === undefined ? [] : [{ layer, latest }];
  });
  const { items, nextMarker } = page(rows, ({ layer }) => layer.name, call.query, 50);
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

const getLayerVersionByArn: LambdaOperation = ({ home, query }, { layers, codeUrl }) => {
  const arn = query.get("Arn");
  const { name, region, accountId, version } = readLayerVersionArn(arn);
  if (region !== home.region || accountId !== home.accountId) throw notAuthorized(home, arn ?? "");
  const found = layers.findVersion(name, region, version);
  if (found === undefined) throw noSuchLayer();
  const location = codeUrl(found.version.code);
  return { status: 200, body: wholeLayerVersionResponse(found.layer, found.version, location) };
};
