import { type LambdaOperation, functionOf } from "../requests/operation.ts";

export const getFunctionRecursionConfig: LambdaOperation = (call, context) => ({
  status: 200,
  body: { RecursiveLoop: functionOf(call, context).recursiveLoop },
});
