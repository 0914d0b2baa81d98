import { type LambdaOperation, functionOf } from "../requests/operation.ts";

/**
 * No function of the engine has a code signing configuration: the answer is an empty object, as recorded from AWS
 * (docs/aws/function-api.md#endpoints).
 */
export const getFunctionCodeSigningConfig: LambdaOperation = (call, context) => {
  functionOf(call, context);
  return { status: 200, body: {} };
};
