import { LambdaError } from "../../request-validation/lambda-error.ts";
import type { LambdaOperation } from "../requests/operation.ts";
import { renewRevision } from "../requests/revised-resource.ts";
import { taggedFunction } from "../requests/tagged-function.ts";
import { readTags } from "../functions/tags.ts";

export const tagResource: LambdaOperation = async (call, context) => {
  const record = taggedFunction(call, context);
  const sent = call.body.textMap("Tags") ?? {};
  if (Object.keys(sent).length === 0)
    throw new LambdaError(
      "InvalidParameterValueException",
      "An error occurred and the request cannot be processed.",
    );
  record.tags = readTags({ ...record.tags, ...sent });
  // Recorded from AWS: a change of the tags gives $LATEST a new revision.
  renewRevision(record);
  await context.registry.save(record);
  return { status: 204, body: null };
};
