/** The operations on a function's settings for asynchronous invocations. */
import {
  eventInvokeResponse,
  eventInvokeTarget,
  readEventInvoke,
  storedEventInvoke,
} from "../requests/event-invoke.ts";
import type { LambdaOperation } from "../requests/operation.ts";
import { pageAnswer } from "../requests/page.ts";

/** PutFunctionEventInvokeConfig: replaces the complete configuration. Members that the request leaves out get Lambda's defaults again. */
export const putFunctionEventInvokeConfig: LambdaOperation = async (call, context) => {
  const read = readEventInvoke(call, context);
  const { record, key } = eventInvokeTarget(call, context);
  const config = { ...read, lastModified: context.registry.options.clock.now() };
  record.eventInvokeConfigs = { ...record.eventInvokeConfigs, [key]: config };
  await context.registry.save(record);
  return { status: 200, body: eventInvokeResponse(record, key, config) };
};

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

export const getFunctionEventInvokeConfig: LambdaOperation = (call, context) => {
  const { record, key, config } = storedEventInvoke(call, context);
  return { status: 200, body: eventInvokeResponse(record, key, config) };
};

export const listFunctionEventInvokeConfigs: LambdaOperation = (call, context) => {
  const { record } = eventInvokeTarget(call, context);
  const configs = Object.entries(record.eventInvokeConfigs).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return pageAnswer(call.query, {
    member: "FunctionEventInvokeConfigs",
    items: configs,
    keyOf: ([key]) => key,
    show: ([key, config]) => eventInvokeResponse(record, key, config),
  });
};

export const deleteFunctionEventInvokeConfig: LambdaOperation = async (call, context) => {
  const { record, key } = storedEventInvoke(call, context);
  record.eventInvokeConfigs = Object.fromEntries(
    Object.entries(record.eventInvokeConfigs).filter(([known]) => known !== key),
  );
  await context.registry.save(record);
  return { status: 204, body: null };
};
