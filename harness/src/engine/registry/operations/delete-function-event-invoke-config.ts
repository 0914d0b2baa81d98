import { storedEventInvoke } from "../event-invoke.ts";
import type { LambdaOperation } from "../operation.ts";

export const deleteFunctionEventInvokeConfig: LambdaOperation = async (call, context) => {
  const { record, key } = storedEventInvoke(call, context);
  record.eventInvokeConfigs = Object.fromEntries(
    Object.entries(record.eventInvokeConfigs).filter(([known]) => known !== key),
  );
  await context.registry.save(record);
  return { status: 204, body: null };
};
