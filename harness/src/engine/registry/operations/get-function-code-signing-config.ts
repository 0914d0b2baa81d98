import { type LambdaOperation, functionOf } from "../requests/operation.ts";

/** The empty object is recorded from AWS: no function of the engine has a configuration (docs/aws/function-api.md#endpoints). */
export const getFunctionCodeSigningConfig: LambdaOperation = (call, context) => {
  functionOf(call, context);
  return { status: 200, body: {} };
};
