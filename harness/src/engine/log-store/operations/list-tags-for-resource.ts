import { taggedGroup } from "../log-tags.ts";
import type { LogsOperation } from "../operation.ts";

export const listTagsForResource: LogsOperation = (members, context) => ({
  tags: taggedGroup(members, context).settings.tags,
});
