/** AddLayerVersionPermission. The permission is only stored and shown, because the engine has one account. */
import { randomUUID } from "node:crypto";
import type { PolicyStatement } from "../policy/policy-statement.ts";
import { layerArn } from "../layers/layer-reference.ts";
import { requireLayerVersion } from "../requests/layer-request.ts";
import { checkLayerRevision, withPolicy } from "../layers/layer-policy.ts";
import type { LambdaOperation } from "../requests/operation.ts";
import { withStatement } from "../policy/resource-policy.ts";

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
