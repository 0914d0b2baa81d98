/** The operations on layers, one line each. */
import { addLayerVersionPermission } from "../../registry/operations/add-layer-version-permission.ts";
import { deleteLayerVersion } from "../../registry/operations/delete-layer-version.ts";
import { getLayerVersion } from "../../registry/operations/get-layer-version.ts";
import { getLayerVersionByArn } from "../../registry/operations/get-layer-version-by-arn.ts";
import { getLayerVersionPolicy } from "../../registry/operations/get-layer-version-policy.ts";
import { listLayerVersions } from "../../registry/operations/list-layer-versions.ts";
import { listLayers } from "../../registry/operations/list-layers.ts";
import { publishLayerVersion } from "../../registry/operations/publish-layer-version.ts";
import { removeLayerVersionPermission } from "../../registry/operations/remove-layer-version-permission.ts";
import type { RouteRow } from "./route-row.ts";

const LAYER = "/2018-10-31/layers/:LayerName/versions";
const VERSION = "/2018-10-31/layers/:LayerName/versions/:VersionNumber";

export const LAYER_ROUTES: readonly RouteRow[] = [
  ["POST", LAYER, "PublishLayerVersion", publishLayerVersion],
  ["GET", "/2018-10-31/layers", "ListLayers", listLayers],
  ["GET", "/2018-10-31/layers?find=LayerVersion", "GetLayerVersionByArn", getLayerVersionByArn],
  ["GET", LAYER, "ListLayerVersions", listLayerVersions],
  ["GET", VERSION, "GetLayerVersion", getLayerVersion],
  ["DELETE", VERSION, "DeleteLayerVersion", deleteLayerVersion],
  ["POST", `${VERSION}/policy`, "AddLayerVersionPermission", addLayerVersionPermission],
  ["GET", `${VERSION}/policy`, "GetLayerVersionPolicy", getLayerVersionPolicy],
  ["DELETE", `${VERSION}/policy/:StatementId`, "RemoveLayerVersionPermission", removeLayerVersionPermission],
];
