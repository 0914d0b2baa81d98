import type { LambdaOperation } from "../requests/operation.ts";
import { renewRevision } from "../requests/revised-resource.ts";
import { taggedFunction } from "../requests/tagged-function.ts";

export const untagResource: LambdaOperation = async (call, context) => {
  const record = taggedFunction(call, context);
  const keys = new Set(call.query.getAll("tagKeys"));
  record.tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !keys.has(key)));
  // Recorded from AWS: a change of the tags gives $LATEST a new revision.
  renewRevision(record);
  await context.registry.save(record);
  return { status: 204, body: null };
};
