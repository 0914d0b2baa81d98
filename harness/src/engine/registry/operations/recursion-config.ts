/** The operations on a function's recursion settings. */
import { type LambdaOperation, functionOf } from "../requests/operation.ts";

/**
 * PutFunctionRecursionConfig: sets whether the engine ends a loop of functions that invoke each other through their destinations. The
 * engine detects no other loops.
 */
export const putFunctionRecursionConfig: LambdaOperation = async (call, context) => {
  const record = functionOf(call, context);
  record.recursiveLoop = call.body.required("RecursiveLoop");
  await context.registry.save(record);
  return { status: 200, body: { RecursiveLoop: record.recursiveLoop } };
};

export const getFunctionRecursionConfig: LambdaOperation = (call, context) => ({
  status: 200,
  body: { RecursiveLoop: functionOf(call, context).recursiveLoop },
});
