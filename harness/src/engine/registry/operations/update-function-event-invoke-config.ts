import {
  eventInvokeResponse,
  eventInvokeTarget,
  readEventInvoke,
  storedEventInvoke,
} from "../requests/event-invoke.ts";
import type { LambdaOperation } from "../requests/operation.ts";

/** UpdateFunctionEventInvokeConfig: changes only the members that the request names. Fails if there is no configuration yet. */
export const updateFunctionEventInvokeConfig: LambdaOperation = async (call, context) => {
  const read = readEventInvoke(call, context);
  eventInvokeTarget(call, context);
  const { record, key, config: before } = storedEventInvoke(call, context);
  const config = { ...before, ...read, lastModified: context.registry.options.clock.now() };
  record.eventInvokeConfigs = { ...record.eventInvokeConfigs, [key]: config };
  await context.registry.save(record);
  return { status: 200, body: eventInvokeResponse(record, key, config) };
};
