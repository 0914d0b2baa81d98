import { type LambdaOperation, functionOf } from "../requests/operation.ts";

/** DeleteAlias: succeeds also if the alias does not exist. */
export const deleteAlias: LambdaOperation = async (call, context) => {
  const record = functionOf(call, context);
  const name = call.parameters["Name"] ?? "";
  const keep = <T>(map: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(map).filter(([known]) => known !== name));
  if (record.aliases.some((alias) => alias.Name === name)) {
    record.aliases = record.aliases.filter((alias) => alias.Name !== name);
    record.policies = keep(record.policies);
    record.policyRevisions = keep(record.policyRevisions);
    record.eventInvokeConfigs = keep(record.eventInvokeConfigs);
    record.provisioned = keep(record.provisioned);
    await context.registry.save(record);
    context.provisioned.drop({ fleetKey: record.fleetKey, qualifier: name });
  }
  return { status: 204, body: null };
};
