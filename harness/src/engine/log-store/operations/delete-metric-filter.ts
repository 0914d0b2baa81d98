import { LogsError } from "../logs-error.ts";
import { type LogsOperation, groupOf } from "../operation.ts";

export const deleteMetricFilter: LogsOperation = (members, context) => {
  const filterName = members.required("filterName");
  const group = groupOf(members, context);
  const there = group.settings.metricFilters ?? [];
  const kept = there.filter((one) => one.filterName !== filterName);
  if (kept.length === there.length)
    throw new LogsError("ResourceNotFoundException", "The specified metric filter does not exist.");
  group.settings = { ...group.settings, metricFilters: kept };
  return null;
};
