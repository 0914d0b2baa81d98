import { groupNotFound } from "../logs-error.ts";
import { type LogsOperation, groupNameOf } from "../operation.ts";

export const deleteLogGroup: LogsOperation = (members, { store }) => {
  const group = store.group(groupNameOf(members));
  if (group === undefined) throw groupNotFound();
  store.deleteGroup(group);
  return null;
};
