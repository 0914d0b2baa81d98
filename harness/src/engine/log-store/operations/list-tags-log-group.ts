import { type LogsOperation, groupOf } from "../operation.ts";

export const listTagsLogGroup: LogsOperation = (members, context) => ({
  tags: groupOf(members, context).settings.tags,
});
