import { LogsError } from "../logs-error.ts";
import type { LogsOperation } from "../operation.ts";
import { readLogTags } from "../log-tags.ts";

export const createLogGroup: LogsOperation = (members, { store }) => {
  const name = members.required("logGroupName");
  const tags = readLogTags(members.textMap("tags") ?? {});
  const logGroupClass = members.text("logGroupClass") ?? "STANDARD";
  if (logGroupClass !== "STANDARD")
    throw new LogsError(
      "InvalidParameterException",
      "The local engine keeps log groups of class STANDARD only.",
    );
  if (name.startsWith("aws/"))
    throw new LogsError("InvalidParameterException", "Log groups starting with AWS/ are reserved for AWS.");
  if (store.group(name) !== undefined)
    throw new LogsError("ResourceAlreadyExistsException", "The specified log group already exists");
  const group = store.createGroup(name);
  if (Object.keys(tags).length > 0) group.settings = { ...group.settings, tags };
  return null;
};
