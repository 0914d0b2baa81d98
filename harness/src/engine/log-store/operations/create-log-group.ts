import { LogsError } from "../logs-error.ts";
import { LOG_GROUP_CLASSES } from "../log-group.ts";
import { type LogsOperation, checked, groupNameOf } from "../operation.ts";
import { readLogTags } from "../log-tags.ts";

export const createLogGroup: LogsOperation = (members, { store }) => {
  const name = groupNameOf(members);
  const tags = readLogTags(members.textMap("tags") ?? {});
  const logGroupClass = members.text("logGroupClass") ?? "STANDARD";
  checked((constraints) => constraints.oneOf("logGroupClass", logGroupClass, LOG_GROUP_CLASSES));
  if (logGroupClass !== "STANDARD")
    throw new LogsError(
      "InvalidParameterException",
      "The local engine keeps log groups of class STANDARD only.",
    );
  if ((members.text("kmsKeyId") ?? "") !== "")
    throw new LogsError(
      "InvalidParameterException",
      "The local engine has no KMS: kmsKeyId is not supported.",
    );
  if (name.startsWith("aws/"))
    throw new LogsError("InvalidParameterException", "Log groups starting with AWS/ are reserved for AWS.");
  if (store.group(name) !== undefined)
    throw new LogsError("ResourceAlreadyExistsException", "The specified log group already exists");
  const group = store.createGroup(name);
  if (Object.keys(tags).length > 0) group.settings = { ...group.settings, tags };
  return null;
};
