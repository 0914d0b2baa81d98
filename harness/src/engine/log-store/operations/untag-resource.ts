import { taggedGroup } from "../log-tags.ts";
import type { LogsOperation } from "../operation.ts";

export const untagResource: LogsOperation = (members, context) => {
  const sent = members.texts("tagKeys");
  const group = taggedGroup(members, context);
  const keys = new Set(sent);
  group.settings = {
    ...group.settings,
    tags: Object.fromEntries(Object.entries(group.settings.tags).filter(([key]) => !keys.has(key))),
  };
  return null;
};
