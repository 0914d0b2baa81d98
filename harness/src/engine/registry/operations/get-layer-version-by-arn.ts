import { noSuchLayer, notAuthorized, parseLayerVersionArn } from "../layers/layer-reference.ts";
import { wholeLayerVersionResponse } from "../layers/layer-response.ts";
import type { LambdaOperation } from "../requests/operation.ts";

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
