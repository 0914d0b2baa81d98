import { randomUUID } from "node:crypto";
import { checkLayerRevision, withPolicy } from "../layers/layer-policy.ts";
import { requireLayerVersion } from "../requests/layer-request.ts";
import type { LambdaOperation } from "../requests/operation.ts";
import { noPolicy, withoutStatement } from "../policy/resource-policy.ts";

export const removeLayerVersionPermission: LambdaOperation = async (call, context) => {
  const { layer, version } = requireLayerVersion(call, context);
  if (version.policy === null || version.policy.statements.length === 0) throw noPolicy();
  const statements = withoutStatement(version.policy.statements, call.parameters["StatementId"] ?? "");
  checkLayerRevision(call.query.get("RevisionId"), version);
  layer.versions = withPolicy(layer, version, { revisionId: randomUUID(), statements });
  await context.layers.save(layer);
  return { status: 204, body: null };
};
