import { functionArn } from "../functions/function-reference.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import { type LambdaOperation, referenceOf } from "../requests/operation.ts";
import { noPolicy, withoutStatement } from "../policy/resource-policy.ts";
import { replacePolicy, revisedResource } from "../requests/revised-resource.ts";
import { checkRevision } from "../functions/revision.ts";

export const removePermission: LambdaOperation = async (call, context) => {
  const id = call.parameters["StatementId"] ?? "";
  const { name, qualifier } = referenceOf(call);
  if (context.registry.byName(name, call.home.region) === undefined)
    throw new LambdaError(
      "ResourceNotFoundException",
      `No policy found for: ${functionArn(call.home, name, qualifier)}`,
    );
  const { record, key, revisionId } = revisedResource(call, context);
  const statements = record.policies[key] ?? [];
  if (statements.length === 0) throw noPolicy();
  const left = withoutStatement(statements, id);
  checkRevision(call.query.get("RevisionId") ?? undefined, revisionId, "GetPolicy");
  replacePolicy(record, key, left);
  await context.registry.save(record);
  return { status: 204, body: null };
};
