import { eventInvokeResponse, eventInvokeTarget } from "../requests/event-invoke.ts";
import type { LambdaOperation } from "../requests/operation.ts";
import { page } from "../requests/page.ts";

export const listFunctionEventInvokeConfigs: LambdaOperation = (call, context) => {
  const { record } = eventInvokeTarget(call, context);
  const configs = Object.entries(record.eventInvokeConfigs).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const { items, nextMarker } = page(configs, ([key]) => key, call.query);
  return {
    status: 200,
    body: {
      FunctionEventInvokeConfigs: items.map(([key, config]) => eventInvokeResponse(record, key, config)),
      ...(nextMarker === null ? {} : { NextMarker: nextMarker }),
    },
  };
};
