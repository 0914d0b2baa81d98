/** The operations on a function's policy. */
import { functionArn } from "../functions/function-reference.ts";
import { invalidParameter, resourceNotFound } from "../../request-validation/lambda-error.ts";
import { type LambdaOperation, referenceOf } from "../requests/operation.ts";
import {
  readStatement,
  withStatement,
  policyText,
  noPolicy,
  withoutStatement,
} from "../policy/resource-policy.ts";
import { replacePolicy, revisedResource } from "../requests/revised-resource.ts";
import { checkRevision } from "../functions/revision.ts";

/** AddPermission: adds a statement to the policy of a function, a version or an alias. */
export const addPermission: LambdaOperation = async (call, context) => {
  const reference = referenceOf(call);
  const statement = readStatement(call.body, functionArn(call.home, reference.name, reference.qualifier));
  if (reference.qualifier === "$LATEST")
    throw invalidParameter("We currently do not support adding policies for $LATEST.");
  const { record, key, revisionId } = revisedResource(call, context);
  checkRevision(call.body.text("RevisionId"), revisionId, "GetPolicy");
  replacePolicy(record, key, withStatement(record.policies[key] ?? [], statement));
  await context.registry.save(record);
  return { status: 201, body: { Statement: JSON.stringify(statement) } };
};

export const getPolicy: LambdaOperation = (call, context) => {
  const { name, qualifier } = referenceOf(call);
  const key = qualifier ?? "$LATEST";
  const statements = context.registry.byName(name, call.home.region)?.policies[key] ?? [];
  // Recorded from AWS: the answer is the same if the policy, the version or the function is missing.
  if (statements.length === 0) throw resourceNotFound("The resource you requested does not exist.");
  const { revisionId } = revisedResource(call, context);
  return { status: 200, body: { Policy: policyText(statements), RevisionId: revisionId } };
};

export const removePermission: LambdaOperation = async (call, context) => {
  const id = call.parameters["StatementId"] ?? "";
  const { name, qualifier } = referenceOf(call);
  if (context.registry.byName(name, call.home.region) === undefined)
    throw resourceNotFound(`No policy found for: ${functionArn(call.home, name, qualifier)}`);
  const { record, key, revisionId } = revisedResource(call, context);
  const statements = record.policies[key] ?? [];
  if (statements.length === 0) throw noPolicy();
  const left = withoutStatement(statements, id);
  checkRevision(call.query.get("RevisionId") ?? undefined, revisionId, "GetPolicy");
  replacePolicy(record, key, left);
  await context.registry.save(record);
  return { status: 204, body: null };
};
