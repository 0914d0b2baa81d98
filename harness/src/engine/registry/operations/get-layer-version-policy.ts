import { LambdaError } from "../../request-validation/lambda-error.ts";
import { layerArn } from "../layers/layer-reference.ts";
import { requireLayerVersion } from "../requests/layer-request.ts";
import type { LambdaOperation } from "../requests/operation.ts";
import { noPolicy, policyText } from "../policy/resource-policy.ts";

export const getLayerVersionPolicy: LambdaOperation = (call, context) => {
  const { layer, version } = requireLayerVersion(call, context);
  if (version.policy === null) throw noPolicy();
  const { statements, revisionId } = version.policy;
  // Recorded by Cloud Custodian: AWS has one message for a version whose last statement was removed, and another for a version that never
  // had a policy.
  if (statements.length === 0)
    throw new LambdaError(
      "ResourceNotFoundException",
      `Layer version ${layerArn(layer, layer.name, version.version)} does not have any resource policy.`,
    );
  return { status: 200, body: { Policy: policyText(statements), RevisionId: revisionId } };
};
