import { LogsError } from "../logs-error.ts";
import { type LogsOperation, groupArn, groupNameIn, makeToken } from "../operation.ts";
import { listPage } from "../pages.ts";

/** DescribeLogGroups. `logGroupNamePrefix` is the beginning of a group's name, `logGroupNamePattern` any part of the name. */
export const describeLogGroups: LogsOperation = (members, context) => {
  const prefix = members.text("logGroupNamePrefix");
  const pattern = members.text("logGroupNamePattern");
  const identifiers = members.texts("logGroupIdentifiers");
  const logGroupClass = members.text("logGroupClass");
  if (prefix !== undefined && pattern !== undefined)
    throw new LogsError(
      "InvalidParameterException",
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
