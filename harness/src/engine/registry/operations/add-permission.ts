/** AddPermission: adds a statement to the policy of a function, a version or an alias. */
import { functionArn } from "../functions/function-reference.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import { type LambdaOperation, referenceOf } from "../requests/operation.ts";
import { readStatement, withStatement } from "../policy/resource-policy.ts";
import { replacePolicy, revisedResource } from "../requests/revised-resource.ts";
import { checkRevision } from "../functions/revision.ts";

export const addPermission: LambdaOperation = async (call, context) => {
  const reference = referenceOf(call);
  const statement = readStatement(call.body, functionArn(call.home, reference.name, reference.qualifier));
  if (reference.qualifier === "$LATEST")
    throw new LambdaError(
      "InvalidParameterValueException",
      "We currently do not support adding policies for $LATEST.",
    );
  const { record, key, revisionId } = revisedResource(call, context);
  checkRevision(call.body.text("RevisionId"), revisionId, "GetPolicy");
  replacePolicy(record, key, withStatement(record.policies[key] ?? [], statement));
  await context.registry.save(record);
  return { status: 201, body: { Statement: JSON.stringify(statement) } };
};
