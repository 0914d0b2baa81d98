import { type LambdaOperation, unqualifiedFunctionOf } from "../requests/operation.ts";

/** GetFunctionConcurrency: the answer is an empty object if nothing is reserved (docs/aws/function-api.md#endpoints). */
export const getFunctionConcurrency: LambdaOperation = (call, context) => {
  const { reservedConcurrency } = unqualifiedFunctionOf(call, context, null);
  return {
    status: 200,
    body: reservedConcurrency === null ? {} : { ReservedConcurrentExecutions: reservedConcurrency },
  };
};
