/** Reads and checks a request for provisioned concurrency, and describes it in an answer. */
import { ACCOUNT_LIMITS } from "../../account-limits.ts";
import { provisionedTotal, unreservedConcurrency } from "../functions/unreserved-concurrency.ts";
import type { ResolvedVersion } from "../functions/function-index.ts";
import type { FunctionRecord, ProvisionedRequest } from "../functions/function-record.ts";
import { LambdaError, invalidParameter, resourceConflict } from "../../request-validation/lambda-error.ts";
import { type LambdaCall, type OperationContext, referenceOf } from "./operation.ts";

export interface ProvisionedTarget extends ResolvedVersion {
  readonly qualifier: string;
}

/** Throws an error with the message `refusal` if the request names neither a version nor an alias, or names `$LATEST`. */
export function provisionedTarget(
  call: LambdaCall,
  context: OperationContext,
  refusal: string,
): ProvisionedTarget {
  const reference = referenceOf(call);
  const { qualifier } = reference;
  if (qualifier === null || qualifier === "$LATEST") throw invalidParameter(refusal);
  return { ...context.registry.resolveNamed(reference, call.home), qualifier };
}

export const NOT_PUBLISHED = "The function resource provided must be an alias or a published version.";

export function refuseConflict({ record, version, alias, qualifier }: ProvisionedTarget): void {
  // Documented; AWS's message is not known (docs/aws/tenants.md#configuration).
  if (version.settings.TenancyConfig !== null)
    throw invalidParameter(
      "Provisioned Concurrency Configs cannot be applied to functions with TenancyConfig.",
    );
  if (alias !== null && version.version === "$LATEST")
    throw invalidParameter(
      "Provisioned Concurrency Configs cannot be applied to unpublished function versions.",
    );
  // Quoted by github.com/hashicorp/terraform/issues/24957 (2020-05).
  if (alias !== null && alias.additional !== null)
    throw invalidParameter("Alias with weights can not be used with Provisioned Concurrency");
  if (alias !== null && record.provisioned[version.version] !== undefined)
    throw resourceConflict(
      "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
    );
  const other = record.aliases.some(
    ({ Name, FunctionVersion }) =>
      Name !== qualifier && FunctionVersion === version.version && record.provisioned[Name] !== undefined,
  );
  if (other)
    throw resourceConflict(
      alias === null
        ? "Version is pointed by a Provisioned Concurrency alias"
        : "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
    );
}

export function refuseTooMany(
  record: FunctionRecord,
  qualifier: string,
  requested: number,
  all: readonly FunctionRecord[],
): void {
  const before = record.provisioned[qualifier]?.requested ?? 0;
  if (record.reservedConcurrency !== null) {
    if (provisionedTotal(record) - before + requested > record.reservedConcurrency)
      throw invalidParameter(
        "Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function",
      );
    return;
  }
  const unreserved = unreservedConcurrency(all, record.region) + before;
  if (requested > unreserved)
    throw new LambdaError(
      "InvalidParameterValueException",
      `Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [${unreserved}].`,
      {},
      { typed: false },
    );
  if (unreserved - requested < ACCOUNT_LIMITS.unreservedMinimum)
    throw new LambdaError(
      "InvalidParameterValueException",
      `Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${ACCOUNT_LIMITS.unreservedMinimum}].`,
      {},
      { typed: false },
    );
}

export function provisionedResponse(
  { fleetKey }: FunctionRecord,
  qualifier: string,
  request: ProvisionedRequest,
  { provisioned }: OperationContext,
): Record<string, unknown> {
  const { allocated, status } = provisioned.status({ fleetKey, qualifier });
  return {
    RequestedProvisionedConcurrentExecutions: request.requested,
    AvailableProvisionedConcurrentExecutions: allocated,
    AllocatedProvisionedConcurrentExecutions: allocated,
    Status: status,
    ...(status === "FAILED" ? { StatusReason: "FUNCTION_ERROR_INIT_FAILURE" } : {}),
    LastModified: request.lastModified,
  };
}
