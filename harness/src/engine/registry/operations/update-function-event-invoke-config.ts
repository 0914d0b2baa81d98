import {
  eventInvokeResponse,
  eventInvokeTarget,
  readEventInvoke,
  storedEventInvoke,
} from "../requests/event-invoke.ts";
import { functionArn } from "../functions/function-reference.ts";
import { type LambdaOperation, referenceOf } from "../requests/operation.ts";

/** UpdateFunctionEventInvokeConfig: changes only the members that the request names. Fails if there is no configuration yet. */
export const updateFunctionEventInvokeConfig: LambdaOperation = async (call, context) => {
  const read = readEventInvoke(call.body, functionArn(call.home, referenceOf(call).name));
  eventInvokeTarget(call, context);
  const { record, key, config: before } = storedEventInvoke(call, context);
  const config = { ...before, ...read, lastModified: context.registry.options.clock.now() };
  record.eventInvokeConfigs = { ...record.eventInvokeConfigs, [key]: config };
  await context.registry.save(record);
  return { status: 200, body: eventInvokeResponse(record, key, config) };
};
