/** PublishLayerVersion: stores a zip as the next version of a layer. */
import { layerNameOf } from "../requests/layer-request.ts";
import { wholeLayerVersionResponse } from "../layers/layer-response.ts";
import type { LambdaOperation } from "../requests/operation.ts";
import { readPackage } from "../packages/package-members.ts";

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
