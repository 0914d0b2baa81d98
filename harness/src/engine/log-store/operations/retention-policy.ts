/** The operations on how long a log group keeps its events. */
import { invalidLogsParameter } from "../logs-error.ts";
import { type LogsOperation, groupOf } from "../operation.ts";

const DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/**
 * PutRetentionPolicy: readers no longer see events that are older than the given number of days. The file keeps them, because a run's
 * evidence must outlast the run.
 */
export const putRetentionPolicy: LogsOperation = (members, context) => {
  const days = members.integer("retentionInDays");
  if (days === undefined || !DAYS.includes(days)) {
    throw invalidLogsParameter(
      `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${DAYS.join(", ")}]`,
    );
  }
  const group = groupOf(members, context);
  group.settings = { ...group.settings, retentionInDays: days };
  return null;
};

export const deleteRetentionPolicy: LogsOperation = (members, context) => {
  const group = groupOf(members, context);
  group.settings = { ...group.settings, retentionInDays: null };
  return null;
};
