import { groupNotFound } from "../logs-error.ts";
import type { LogsOperation } from "../operation.ts";

export const deleteLogGroup: LogsOperation = (members, { store }) => {
  const group = store.group(members.required("logGroupName"));
  if (group === undefined) throw groupNotFound();
  store.deleteGroup(group);
  return null;
};
