/** The operations on layers and their versions. */
import { layerNameOf, layerVersionOf } from "../requests/layer-request.ts";
import { wholeLayerVersionResponse, layerFilter, layerVersionResponse } from "../layers/layer-response.ts";
import type { LambdaOperation } from "../requests/operation.ts";
import { readPackage } from "../packages/package-members.ts";
import { layerArn, noSuchLayer, notAuthorized, parseLayerVersionArn } from "../layers/layer-reference.ts";
import { pageAnswer } from "../requests/page.ts";

/** PublishLayerVersion: stores a zip as the next version of a layer. */
export const publishLayerVersion: LambdaOperation = async (
  call,
  { registry, layers, codeStore, codeUrl },
) => {
  const { body, home } = call;
  const name = layerNameOf(call);
  const description = body.text("Description");
  const license = body.text("LicenseInfo");
  const runtimes = body.texts("CompatibleRuntimes");
  const architectures = body.texts("CompatibleArchitectures");
  const code = await codeStore.put(readPackage(body.object("Content")));
  const layer = layers.layer(name, home.region, home.accountId);
  const version = {
    version: layer.nextVersion,
    Description: description ?? "",
    ...(runtimes === undefined ? {} : { CompatibleRuntimes: runtimes }),
    ...(architectures === undefined ? {} : { CompatibleArchitectures: architectures }),
    ...(license === undefined ? {} : { LicenseInfo: license }),
    CreatedDate: registry.now(),
    code,
    policy: null,
  };
  layer.nextVersion += 1;
  layer.versions = [...layer.versions, version];
  await layers.save(layer);
  return { status: 201, body: wholeLayerVersionResponse(layer, version, codeUrl(code)) };
};

export const listLayers: LambdaOperation = (call, context) => {
  const suits = layerFilter(call.query);
  const rows = context.layers.all(call.home.region).flatMap((layer) => {
    const latest = layer.versions.findLast(suits);
    return latest === undefined ? [] : [{ layer, latest }];
  });
  return pageAnswer(call.query, {
    member: "Layers",
    items: rows,
    keyOf: ({ layer }) => layer.name,
    show: ({ layer, latest }) => ({
      LayerName: layer.name,
      LayerArn: layerArn(layer, layer.name),
      LatestMatchingVersion: layerVersionResponse(layer, latest),
    }),
  });
};

/** ListLayerVersions: the newest version comes first. If the layer does not exist, the list is empty. */
export const listLayerVersions: LambdaOperation = (call, { layers }) => {
  const suits = layerFilter(call.query);
  const layer = layers.find(layerNameOf(call), call.home.region);
  const rows = layer?.versions.filter(suits).map((version) => ({ layer, version })) ?? [];
  return pageAnswer(call.query, {
    member: "LayerVersions",
    items: rows.toReversed(),
    keyOf: ({ version }) => String(version.version),
    show: ({ layer: of, version }) => layerVersionResponse(of, version),
  });
};

export const getLayerVersion: LambdaOperation = (call, { layers, codeUrl }) => {
  const { name, version } = layerVersionOf(call);
  const found = layers.findVersion(name, call.home.region, version);
  if (found === undefined) throw noSuchLayer();
  const location = codeUrl(found.version.code);
  return { status: 200, body: wholeLayerVersionResponse(found.layer, found.version, location) };
};

export const getLayerVersionByArn: LambdaOperation = ({ home, query }, { layers, codeUrl }) => {
  const arn = query.get("Arn") ?? "";
  const reference = parseLayerVersionArn(arn);
  if (reference === null) throw noSuchLayer();
  const { name, region, accountId, version } = reference;
  if (region !== home.region || accountId !== home.accountId)
    throw notAuthorized(home, "GetLayerVersion", arn);
  const found = layers.findVersion(name, region, version);
  if (found === undefined) throw noSuchLayer();
  const location = codeUrl(found.version.code);
  return { status: 200, body: wholeLayerVersionResponse(found.layer, found.version, location) };
};

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
