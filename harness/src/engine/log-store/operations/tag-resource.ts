import { readLogTags, taggedGroup } from "../log-tags.ts";
import type { LogsOperation } from "../operation.ts";

export const tagResource: LogsOperation = (members, context) => {
  const tags = members.textMap("tags");
  const group = taggedGroup(members, context);
  group.settings = {
    ...group.settings,
    tags: readLogTags({ ...group.settings.tags, ...tags }),
  };
  return null;
};
