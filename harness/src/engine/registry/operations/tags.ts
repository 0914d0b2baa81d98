/** The operations on tags of a function. */
import type { LambdaOperation } from "../requests/operation.ts";
import { taggedFunction } from "../requests/tagged-function.ts";
import { invalidParameter } from "../../request-validation/lambda-error.ts";
import { renewRevision } from "../requests/revised-resource.ts";
import { readTags } from "../functions/tags.ts";

export const listTags: LambdaOperation = (call, context) => ({
  status: 200,
  body: { Tags: taggedFunction(call, context).tags },
});

export const tagResource: LambdaOperation = async (call, context) => {
  const record = taggedFunction(call, context);
  const sent = call.body.textMap("Tags") ?? {};
  if (Object.keys(sent).length === 0)
    throw invalidParameter("An error occurred and the request cannot be processed.");
  record.tags = readTags({ ...record.tags, ...sent });
  // Recorded from AWS: a change of the tags gives $LATEST a new revision.
  renewRevision(record);
  await context.registry.save(record);
  return { status: 204, body: null };
};

export const untagResource: LambdaOperation = async (call, context) => {
  const record = taggedFunction(call, context);
  const keys = new Set(call.query.getAll("tagKeys"));
  record.tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !keys.has(key)));
  // Recorded from AWS: a change of the tags gives $LATEST a new revision.
  renewRevision(record);
  await context.registry.save(record);
  return { status: 204, body: null };
};
