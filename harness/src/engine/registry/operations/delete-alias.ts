import { type LambdaOperation, functionOf } from "../operation.ts";

/** An alias that is not there is deleted already. */
export const deleteAlias: LambdaOperation = async (call, context) => {
  const record = functionOf(call, context);
  record.aliases = record.aliases.filter((alias) => alias.Name !== call.parameters["alias"]);
  await context.registry.save(record);
  return { status: 204, body: null };
};
