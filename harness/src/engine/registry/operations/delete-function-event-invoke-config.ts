import { storedEventInvoke } from "../requests/event-invoke.ts";
import type { LambdaOperation } from "../requests/operation.ts";

export const deleteFunctionEventInvokeConfig: LambdaOperation = async (call, context) => {
  const { record, key } = storedEventInvoke(call, context);
  record.eventInvokeConfigs = Object.fromEntries(
    Object.entries(record.eventInvokeConfigs).filter(([known]) => known !== key),
  );
  await context.registry.save(record);
  return { status: 204, body: null };
};
