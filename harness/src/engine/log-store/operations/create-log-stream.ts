import { LogsError } from "../logs-error.ts";
import { type LogsOperation, groupOf } from "../operation.ts";

export const createLogStream: LogsOperation = (members, context) => {
  const name = members.required("logStreamName");
  const group = groupOf(members, context);
  if (group.stream(name) !== undefined)
    throw new LogsError("ResourceAlreadyExistsException", "The specified log stream already exists");
  group.createStream(name, context.now);
  return null;
};
