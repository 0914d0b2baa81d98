/** The operations on the policy of a layer version. */
import { randomUUID } from "node:crypto";
import type { PolicyStatement } from "../policy/policy-statement.ts";
import { layerArn } from "../layers/layer-reference.ts";
import { requireLayerVersion } from "../requests/layer-request.ts";
import { checkLayerRevision, withPolicy } from "../layers/layer-policy.ts";
import type { LambdaOperation } from "../requests/operation.ts";
import { withStatement, noPolicy, policyText, withoutStatement } from "../policy/resource-policy.ts";
import { resourceNotFound } from "../../request-validation/lambda-error.ts";

/** AddLayerVersionPermission. The permission is only stored and shown, because the engine has one account. */
export const addLayerVersionPermission: LambdaOperation = async (call, context) => {
  const { body } = call;
  const id = body.required("StatementId");
  const action = body.required("Action");
  const principal = body.required("Principal");
  const organization = body.text("OrganizationId");
  const { layer, version } = requireLayerVersion(call, context);
  checkLayerRevision(call.query.get("RevisionId"), version);
  const root = /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal;
  const statement: PolicyStatement = {
    Sid: id,
    Effect: "Allow",
    Principal: root === "*" ? "*" : { AWS: root },
    Action: action,
    Resource: layerArn(layer, layer.name, version.version),
    ...(organization === undefined
      ? {}
      : { Condition: { StringEquals: { "aws:PrincipalOrgID": organization } } }),
  };
  const policy = {
    revisionId: randomUUID(),
    statements: withStatement(version.policy?.statements ?? [], statement),
  };
  layer.versions = withPolicy(layer, version, policy);
  await context.layers.save(layer);
  return { status: 201, body: { Statement: JSON.stringify(statement), RevisionId: policy.revisionId } };
};

export const getLayerVersionPolicy: LambdaOperation = (call, context) => {
  const { layer, version } = requireLayerVersion(call, context);
  if (version.policy === null) throw noPolicy();
  const { statements, revisionId } = version.policy;
  // Recorded by Cloud Custodian: AWS has one message for a version whose last statement was removed, and another for a version that never
  // had a policy.
  if (statements.length === 0)
    throw resourceNotFound(
      `Layer version ${layerArn(layer, layer.name, version.version)} does not have any resource policy.`,
    );
  return { status: 200, body: { Policy: policyText(statements), RevisionId: revisionId } };
};

export const removeLayerVersionPermission: LambdaOperation = async (call, context) => {
  const { layer, version } = requireLayerVersion(call, context);
  if (version.policy === null || version.policy.statements.length === 0) throw noPolicy();
  const statements = withoutStatement(version.policy.statements, call.parameters["StatementId"] ?? "");
  checkLayerRevision(call.query.get("RevisionId"), version);
  layer.versions = withPolicy(layer, version, { revisionId: randomUUID(), statements });
  await context.layers.save(layer);
  return { status: 204, body: null };
};
