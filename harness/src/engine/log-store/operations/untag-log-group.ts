import { type LogsOperation, groupOf } from "../operation.ts";

/** UntagResource as it was before it took ARNs. */
export const untagLogGroup: LogsOperation = (members, context) => {
  const group = groupOf(members, context);
  const keys = new Set(members.texts("tags") ?? []);
  group.settings = {
    ...group.settings,
    tags: Object.fromEntries(Object.entries(group.settings.tags).filter(([key]) => !keys.has(key))),
  };
  return null;
};
