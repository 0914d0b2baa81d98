import { readLogTags } from "../log-tags.ts";
import { type LogsOperation, groupOf } from "../operation.ts";

/** TagResource as it was before it took ARNs. */
export const tagLogGroup: LogsOperation = (members, context) => {
  const group = groupOf(members, context);
  group.settings = {
    ...group.settings,
    tags: readLogTags({ ...group.settings.tags, ...members.textMap("tags") }),
  };
  return null;
};
