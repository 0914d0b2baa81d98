import { type LogsOperation, groupArn } from "../operation.ts";
import { listPage } from "../pages.ts";

/** By name; `logGroupNamePrefix` is a prefix, `logGroupNamePattern` any part of the name. */
export const describeLogGroups: LogsOperation = (members, context) => {
  const prefix = members.text("logGroupNamePrefix") ?? "";
  const pattern = members.text("logGroupNamePattern") ?? "";
  const groups = context.store
    .groups()
    .filter(({ name }) => name.startsWith(prefix) && name.includes(pattern));
  const { items, ...more } = listPage(groups, ({ name }) => [name], members);
  return {
    logGroups: items.map((group) => ({
      logGroupName: group.name,
      creationTime: group.createdAt,
      ...(group.settings.retentionInDays === null ? {} : { retentionInDays: group.settings.retentionInDays }),
      metricFilterCount: 0,
      arn: `${groupArn(group.name, context)}:*`,
      storedBytes: group.storedBytes,
      logGroupClass: "STANDARD",
      logGroupArn: groupArn(group.name, context),
    })),
    ...more,
  };
};
