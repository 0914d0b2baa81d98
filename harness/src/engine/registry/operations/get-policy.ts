import { LambdaError } from "../../request-validation/lambda-error.ts";
import type { LambdaOperation } from "../requests/operation.ts";
import { policyText } from "../policy/resource-policy.ts";
import { revisedResource } from "../requests/revised-resource.ts";

export const getPolicy: LambdaOperation = (call, context) => {
  const { record, key, revisionId } = revisedResource(call, context);
  const statements = record.policies[key] ?? [];
  if (statements.length === 0)
    throw new LambdaError("ResourceNotFoundException", "The resource you requested does not exist.");
  return { status: 200, body: { Policy: policyText(statements), RevisionId: revisionId } };
};
