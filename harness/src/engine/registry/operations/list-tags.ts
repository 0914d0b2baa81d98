import type { LambdaOperation } from "../requests/operation.ts";
import { taggedFunction } from "../requests/tagged-function.ts";

export const listTags: LambdaOperation = (call, context) => ({
  status: 200,
  body: { Tags: taggedFunction(call, context).tags },
});
