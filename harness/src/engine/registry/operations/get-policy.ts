import { LambdaError } from "../../request-validation/lambda-error.ts";
import { type LambdaOperation, referenceOf } from "../requests/operation.ts";
import { policyText } from "../policy/resource-policy.ts";
import { revisedResource } from "../requests/revised-resource.ts";

export const getPolicy: LambdaOperation = (call, context) => {
  const { name, qualifier } = referenceOf(call);
  const key = qualifier ?? "$LATEST";
  const statements = context.registry.byName(name, call.home.region)?.policies[key] ?? [];
  // Recorded from AWS: the answer is the same if the policy, the version or the function is missing.
  if (statements.length === 0)
    throw new LambdaError("ResourceNotFoundException", "The resource you requested does not exist.");
  const { revisionId } = revisedResource(call, context);
  return { status: 200, body: { Policy: policyText(statements), RevisionId: revisionId } };
};
