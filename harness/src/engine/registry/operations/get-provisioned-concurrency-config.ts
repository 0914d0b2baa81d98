import { LambdaError } from "../../request-validation/lambda-error.ts";
import type { LambdaOperation } from "../requests/operation.ts";
import { NOT_PUBLISHED, provisionedResponse, provisionedTarget } from "../requests/provisioned-request.ts";

export const getProvisionedConcurrencyConfig: LambdaOperation = (call, context) => {
  const { record, qualifier } = provisionedTarget(call, context, NOT_PUBLISHED);
  const request = record.provisioned[qualifier];
  if (request === undefined)
    throw new LambdaError(
      "ProvisionedConcurrencyConfigNotFoundException",
      "No Provisioned Concurrency Config found for this function",
    );
  return { status: 200, body: provisionedResponse(record, qualifier, request, context) };
};
