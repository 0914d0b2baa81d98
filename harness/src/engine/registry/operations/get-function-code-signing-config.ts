import { type LambdaOperation, functionOf } from "../requests/operation.ts";

/** No function here has one: an empty object, as recorded (docs/aws/function-api.md#endpoints). */
export const getFunctionCodeSigningConfig: LambdaOperation = (call, context) => {
  functionOf(call, context, "namespaced");
  return { status: 200, body: {} };
};
