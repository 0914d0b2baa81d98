import { requireLayerVersion } from "../requests/layer-request.ts";
import type { LambdaOperation } from "../requests/operation.ts";
import { noPolicy, policyText } from "../policy/resource-policy.ts";

export const getLayerVersionPolicy: LambdaOperation = (call, context) => {
  const { version } = requireLayerVersion(call, context);
  if (version.policy === null || version.policy.statements.length === 0) throw noPolicy();
  const { statements, revisionId } = version.policy;
  return { status: 200, body: { Policy: policyText(statements), RevisionId: revisionId } };
};
