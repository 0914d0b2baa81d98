import { type LambdaOperation, functionOf } from "../requests/operation.ts";

/**
 * Answers with an empty object, because no function of the engine has a code signing configuration. This answer is recorded from AWS
 * (docs/aws/function-api.md#endpoints).
 */
export const getFunctionCodeSigningConfig: LambdaOperation = (call, context) => {
  functionOf(call, context);
  return { status: 200, body: {} };
};
