import { eventInvokeResponse, storedEventInvoke } from "../requests/event-invoke.ts";
import type { LambdaOperation } from "../requests/operation.ts";

export const getFunctionEventInvokeConfig: LambdaOperation = (call, context) => {
  const { record, key, config } = storedEventInvoke(call, context);
  return { status: 200, body: eventInvokeResponse(record, key, config) };
};
