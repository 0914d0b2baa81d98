import type { LambdaOperation } from "../requests/operation.ts";
import { NOT_PUBLISHED, provisionedTarget } from "../requests/provisioned-request.ts";

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
