import { type LogsOperation, groupArn } from "../operation.ts";
import { listPage } from "../pages.ts";

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
