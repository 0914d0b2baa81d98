/** The operations on a function's reserved concurrency. */
import { ACCOUNT_LIMITS } from "../../account-limits.ts";
import { provisionedTotal, unreservedConcurrency } from "../functions/unreserved-concurrency.ts";
import { Constraints } from "../../request-validation/constraints.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import { type LambdaOperation, unqualifiedFunctionOf } from "../requests/operation.ts";

/** PutFunctionConcurrency. The account must keep its unreserved minimum (docs/aws/concurrency.md#reserved-concurrency). */
export const putFunctionConcurrency: LambdaOperation = async (call, context) => {
  const { registry } = context;
  const reserved = call.body.integer("ReservedConcurrentExecutions");
  const constraints = new Constraints();
  constraints.required("reservedConcurrentExecutions", reserved);
  constraints.check();
  // Recorded from AWS: a missing function is reported before a number that is out of range.
  const record = unqualifiedFunctionOf(call, context);
  constraints.number("reservedConcurrentExecutions", reserved, { min: 0 });
  constraints.check();
  const wanted = reserved ?? 0;
  if (
    unreservedConcurrency(registry.all(), record.region) + (record.reservedConcurrency ?? 0) - wanted <
    ACCOUNT_LIMITS.unreservedMinimum
  ) {
    throw new LambdaError(
      "InvalidParameterValueException",
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${ACCOUNT_LIMITS.unreservedMinimum}].`,
      {},
      { typed: false },
    );
  }
  const provisioned = provisionedTotal(record);
  if (wanted < provisioned)
    throw new LambdaError(
      "InvalidParameterValueException",
      ` ReservedConcurrentExecutions  ${wanted} should not be lower than function's total provisioned concurrency [${provisioned}].`,
      {},
      { typed: false },
    );
  record.reservedConcurrency = wanted;
  await registry.save(record);
  registry.announceConcurrency(record);
  return { status: 200, body: { ReservedConcurrentExecutions: wanted } };
};

/** GetFunctionConcurrency: the answer is an empty object if nothing is reserved (docs/aws/function-api.md#endpoints). */
export const getFunctionConcurrency: LambdaOperation = (call, context) => {
  const { reservedConcurrency } = unqualifiedFunctionOf(call, context, null);
  return {
    status: 200,
    body: reservedConcurrency === null ? {} : { ReservedConcurrentExecutions: reservedConcurrency },
  };
};

export const deleteFunctionConcurrency: LambdaOperation = async (call, context) => {
  const record = unqualifiedFunctionOf(call, context);
  record.reservedConcurrency = null;
  await context.registry.save(record);
  context.registry.announceConcurrency(record);
  return { status: 204, body: null };
};
