/** PutProvisionedConcurrencyConfig: answers while the environments are still being initialised. */
import { refuseWhilePending } from "../functions/function-state.ts";
import type { LambdaOperation } from "../requests/operation.ts";
import {
  provisionedResponse,
  provisionedTarget,
  refuseConflict,
  refuseTooMany,
} from "../requests/provisioned-request.ts";

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
