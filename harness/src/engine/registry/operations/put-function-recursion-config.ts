import { type LambdaOperation, functionOf } from "../requests/operation.ts";

/** PutFunctionRecursionConfig: kept and shown. The engine detects no recursive loops, because nothing here calls a function back. */
export const putFunctionRecursionConfig: LambdaOperation = async (call, context) => {
  const record = functionOf(call, context);
  record.recursiveLoop = call.body.required("RecursiveLoop");
  await context.registry.save(record);
  return { status: 200, body: { RecursiveLoop: record.recursiveLoop } };
};
