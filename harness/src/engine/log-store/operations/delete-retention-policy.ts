import { type LogsOperation, groupOf } from "../operation.ts";

export const deleteRetentionPolicy: LogsOperation = (members, context) => {
  const group = groupOf(members, context);
  group.settings = { ...group.settings, retentionInDays: null };
  return null;
};
