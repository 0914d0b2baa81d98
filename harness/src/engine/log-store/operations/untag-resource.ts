import { taggedGroup } from "../log-tags.ts";
import type { LogsOperation } from "../operation.ts";

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
