import { eventInvokeResponse, storedEventInvoke } from "../event-invoke.ts";
import type { LambdaOperation } from "../operation.ts";

export const getFunctionEventInvokeConfig: LambdaOperation = (call, context) => {
  const { record, key, config } = storedEventInvoke(call, context);
  return { status: 200, body: eventInvokeResponse(record, key, config) };
};
