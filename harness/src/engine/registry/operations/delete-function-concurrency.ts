import { type LambdaOperation, unqualifiedFunctionOf } from "../requests/operation.ts";

export const deleteFunctionConcurrency: LambdaOperation = async (call, context) => {
  const record = unqualifiedFunctionOf(call, context);
  record.reservedConcurrency = null;
  await context.registry.save(record);
  context.registry.announceConcurrency(record);
  return { status: 204, body: null };
};
