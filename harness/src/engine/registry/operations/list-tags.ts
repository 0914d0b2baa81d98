import type { LambdaOperation } from "../operation.ts";
import { taggedFunction } from "../tagged-function.ts";

export const listTags: LambdaOperation = (call, context) => ({
  status: 200,
  body: { Tags: taggedFunction(call, context).tags },
});
