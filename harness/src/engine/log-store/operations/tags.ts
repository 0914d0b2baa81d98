/** The operations on tags of a log group. */
import { taggedGroup, readLogTags } from "../log-tags.ts";
import type { LogsOperation } from "../operation.ts";

export const listTagsForResource: LogsOperation = (members, context) => ({
  tags: taggedGroup(members, context).settings.tags,
});

export const tagResource: LogsOperation = (members, context) => {
  const tags = members.textMap("tags");
  const group = taggedGroup(members, context);
  group.settings = {
    ...group.settings,
    tags: readLogTags({ ...group.settings.tags, ...tags }),
  };
  return null;
};

/** UntagResource and UntagLogGroup. In a request of UntagLogGroup the member with the keys is called `tags`. */
export const untagResource: LogsOperation = (members, context) => {
  const sent = members.texts("tagKeys") ?? members.texts("tags");
  const group = taggedGroup(members, context);
  const keys = new Set(sent);
  group.settings = {
    ...group.settings,
    tags: Object.fromEntries(Object.entries(group.settings.tags).filter(([key]) => !keys.has(key))),
  };
  return null;
};
