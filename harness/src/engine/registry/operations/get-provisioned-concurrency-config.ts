/**
 * Serves GetProvisionedConcurrencyConfig and ListProvisionedConcurrencyConfigs. The second one has the same path and the query `List=ALL`.
 */
import { functionArn } from "../functions/function-reference.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import { type LambdaOperation, functionOf } from "../requests/operation.ts";
import { page } from "../requests/page.ts";
import { NOT_PUBLISHED, provisionedResponse, provisionedTarget } from "../requests/provisioned-request.ts";

export const getProvisionedConcurrencyConfig: LambdaOperation = (call, context) => {
  if (call.query.get("List") === "ALL") return listProvisionedConcurrencyConfigs(call, context);
  const { record, qualifier } = provisionedTarget(call, context, NOT_PUBLISHED);
  const request = record.provisioned[qualifier];
  if (request === undefined)
    throw new LambdaError(
      "ProvisionedConcurrencyConfigNotFoundException",
      "No Provisioned Concurrency Config found for this function",
    );
  return { status: 200, body: provisionedResponse(record, qualifier, request, context) };
};

const listProvisionedConcurrencyConfigs: LambdaOperation = (call, context) => {
  const record = functionOf(call, context);
  const requests = Object.entries(record.provisioned).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const { items, nextMarker } = page(requests, ([qualifier]) => qualifier, call.query, 50);
  return {
    status: 200,
    body: {
      ProvisionedConcurrencyConfigs: items.map(([qualifier, request]) => ({
        FunctionArn: functionArn(record, record.name, qualifier),
        ...provisionedResponse(record, qualifier, request, context),
      })),
      ...(nextMarker === null ? {} : { NextMarker: nextMarker }),
    },
  };
};
