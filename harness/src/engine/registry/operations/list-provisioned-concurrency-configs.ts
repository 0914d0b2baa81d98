import { functionArn } from "../functions/function-reference.ts";
import { type LambdaOperation, functionOf } from "../requests/operation.ts";
import { page } from "../requests/page.ts";
import { provisionedResponse } from "../requests/provisioned-request.ts";

export const listProvisionedConcurrencyConfigs: LambdaOperation = (call, context) => {
  const record = functionOf(call, context);
  const requests = Object.entries(record.provisioned).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const { items, nextMarker } = page(requests, ([qualifier]) => qualifier, call.query);
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
