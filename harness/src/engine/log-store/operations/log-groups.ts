/** The operations on log groups. */
import { LogsError, groupNotFound, invalidLogsParameter } from "../logs-error.ts";
import { type LogsOperation, groupArn, groupNameIn, makeToken } from "../operation.ts";
import { readLogTags } from "../log-tags.ts";
import { listPage } from "../pages.ts";

export const createLogGroup: LogsOperation = (members, { store }) => {
  const name = members.required("logGroupName");
  const tags = readLogTags(members.textMap("tags") ?? {});
  const logGroupClass = members.text("logGroupClass") ?? "STANDARD";
  if (logGroupClass !== "STANDARD")
    throw invalidLogsParameter("The local engine keeps log groups of class STANDARD only.");
  if (name.startsWith("aws/"))
    throw invalidLogsParameter("Log groups starting with AWS/ are reserved for AWS.");
  if (store.group(name) !== undefined)
    throw new LogsError("ResourceAlreadyExistsException", "The specified log group already exists");
  const group = store.createGroup(name);
  if (Object.keys(tags).length > 0) group.settings = { ...group.settings, tags };
  return null;
};

/** DescribeLogGroups. `logGroupNamePrefix` is the beginning of a group's name, `logGroupNamePattern` any part of the name. */
export const describeLogGroups: LogsOperation = (members, context) => {
  const prefix = members.text("logGroupNamePrefix");
  const pattern = members.text("logGroupNamePattern");
  const identifiers = members.texts("logGroupIdentifiers");
  const logGroupClass = members.text("logGroupClass");
  if (prefix !== undefined && pattern !== undefined)
    throw invalidLogsParameter(
      "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.",
    );
  const wanted = identifiers === undefined ? null : new Set(identifiers.map(groupNameIn));
  const groups = context.store
    .groups()
    .filter(
      ({ name }) =>
        name.startsWith(prefix ?? "") &&
        name.includes(pattern ?? "") &&
        (wanted === null || wanted.has(name)) &&
        (logGroupClass ?? "STANDARD") === "STANDARD",
    );
  const { items, nextToken } = listPage(groups, ({ name }) => [name], members);
  const last = items.at(-1);
  // Recorded from AWS: the answer to a search by pattern has a token even after the last group. The next page is then empty.
  const token =
    nextToken ?? (pattern === undefined || last === undefined ? undefined : makeToken([last.name]));
  return {
    logGroups: items.map((group) => ({
      logGroupName: group.name,
      creationTime: group.createdAt,
      ...(group.settings.retentionInDays === null ? {} : { retentionInDays: group.settings.retentionInDays }),
      metricFilterCount: group.settings.metricFilters?.length ?? 0,
      arn: `${groupArn(group.name, context)}:*`,
      // Recorded from AWS: the answer to a search by pattern does not have these two members.
      ...(pattern === undefined ? { storedBytes: group.storedBytes, deletionProtectionEnabled: false } : {}),
      logGroupClass: "STANDARD",
      logGroupArn: groupArn(group.name, context),
    })),
    ...(token === undefined ? {} : { nextToken: token }),
  };
};

/** ListLogGroups. `logGroupNamePattern` is any part of a name or, after `^`, the beginning of a name. Several patterns are separated by `|`. */
export const listLogGroups: LogsOperation = (members, context) => {
  const patterns = (members.text("logGroupNamePattern") ?? "").split("|");
  const logGroupClass = members.text("logGroupClass") ?? "STANDARD";
  const groups = context.store
    .groups()
    .filter(
      ({ name }) =>
        logGroupClass === "STANDARD" &&
        patterns.some((part) =>
          part.startsWith("^") ? name.startsWith(part.slice(1)) : name.includes(part),
        ),
    );
  const { items, ...more } = listPage(groups, ({ name }) => [name], members);
  return {
    logGroups: items.map(({ name }) => ({
      logGroupName: name,
      logGroupArn: groupArn(name, context),
      logGroupClass: "STANDARD",
    })),
    ...more,
  };
};

export const deleteLogGroup: LogsOperation = (members, { store }) => {
  const group = store.group(members.required("logGroupName"));
  if (group === undefined) throw groupNotFound();
  store.deleteGroup(group);
  return null;
};
