import { eventInvokeResponse, eventInvokeTarget, readEventInvoke } from "../requests/event-invoke.ts";
import type { LambdaOperation } from "../requests/operation.ts";

/** PutFunctionEventInvokeConfig: replaces the complete configuration. Members that the request leaves out get Lambda's defaults again. */
export const putFunctionEventInvokeConfig: LambdaOperation = async (call, context) => {
  const read = readEventInvoke(call, context);
  const { record, key } = eventInvokeTarget(call, context);
  const config = { ...read, lastModified: context.registry.options.clock.now() };
  record.eventInvokeConfigs = { ...record.eventInvokeConfigs, [key]: config };
  await context.registry.save(record);
  return { status: 200, body: eventInvokeResponse(record, key, config) };
};
