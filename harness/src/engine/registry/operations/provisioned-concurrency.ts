/** The operations on provisioned concurrency. */
import { refuseWhilePending } from "../functions/function-state.ts";
import { type LambdaOperation, functionOf } from "../requests/operation.ts";
import {
  provisionedResponse,
  provisionedTarget,
  refuseConflict,
  refuseTooMany,
  NOT_PUBLISHED,
} from "../requests/provisioned-request.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import { functionArn } from "../functions/function-reference.ts";
import { pageAnswer } from "../requests/page.ts";

/** PutProvisionedConcurrencyConfig: answers while the environments are still being initialised. */
export const putProvisionedConcurrencyConfig: LambdaOperation = async (call, context) => {
  const { registry, provisioned } = context;
  const requested = call.body.integer("ProvisionedConcurrentExecutions");
  const target = provisionedTarget(
    call,
    context,
    "Provisioned Concurrency Configs cannot be applied to unpublished function versions.",
  );
  const { record, version, qualifier } = target;
  refuseConflict(target);
  refuseTooMany(record, qualifier, requested ?? 0, registry.all());
  refuseWhilePending(version);
  // AWS writes this instant without milliseconds.
  const lastModified = registry.now().replace(/\.\d{3}/, "");
  const request = { requested: requested ?? 0, lastModified };
  record.provisioned = { ...record.provisioned, [qualifier]: request };
  await registry.save(record);
  provisioned.request({
    fleetKey: record.fleetKey,
    qualifier,
    version: version.version,
    requested: request.requested,
  });
  const body = { ...provisionedResponse(record, qualifier, request, context), Status: "IN_PROGRESS" };
  return { status: 202, body };
};

export const getProvisionedConcurrencyConfig: LambdaOperation = (call, context) => {
  const { record, qualifier } = provisionedTarget(call, context, NOT_PUBLISHED);
  const request = record.provisioned[qualifier];
  if (request === undefined)
    throw new LambdaError(
      "ProvisionedConcurrencyConfigNotFoundException",
      "No Provisioned Concurrency Config found for this function",
    );
  return { status: 200, body: provisionedResponse(record, qualifier, request, context) };
};

export const listProvisionedConcurrencyConfigs: LambdaOperation = (call, context) => {
  const record = functionOf(call, context);
  const requests = Object.entries(record.provisioned).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return pageAnswer(call.query, {
    member: "ProvisionedConcurrencyConfigs",
    items: requests,
    keyOf: ([qualifier]) => qualifier,
    show: ([qualifier, request]) => ({
      FunctionArn: functionArn(record, record.name, qualifier),
      ...provisionedResponse(record, qualifier, request, context),
    }),
  });
};

/** DeleteProvisionedConcurrencyConfig: succeeds also if there is no configuration. */
export const deleteProvisionedConcurrencyConfig: LambdaOperation = async (call, context) => {
  const { record, qualifier } = provisionedTarget(call, context, NOT_PUBLISHED);
  record.provisioned = Object.fromEntries(
    Object.entries(record.provisioned).filter(([known]) => known !== qualifier),
  );
  await context.registry.save(record);
  context.provisioned.drop({ fleetKey: record.fleetKey, qualifier });
  return { status: 204, body: null };
};
