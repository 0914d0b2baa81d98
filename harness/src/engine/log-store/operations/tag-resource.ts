import { readLogTags, taggedGroup } from "../log-tags.ts";
import type { LogsOperation } from "../operation.ts";

export const tagResource: LogsOperation = (members, context) => {
  const group = taggedGroup(members, context);
  group.settings = {
    ...group.settings,
    tags: readLogTags({ ...group.settings.tags, ...members.textMap("tags") }),
  };
  return null;
};
