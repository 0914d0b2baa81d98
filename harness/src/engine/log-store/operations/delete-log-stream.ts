import { streamNotFound } from "../logs-error.ts";
import { type LogsOperation, groupOf } from "../operation.ts";

export const deleteLogStream: LogsOperation = (members, context) => {
  const name = members.required("logStreamName");
  const group = groupOf(members, context);
  if (group.stream(name) === undefined) throw streamNotFound();
  group.deleteStream(name);
  return null;
};
