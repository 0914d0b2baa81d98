import { LogsError } from "../logs-error.ts";
import { FILTER_NAME } from "../metric-filter.ts";
import { type LogsOperation, checked, groupOf } from "../operation.ts";

export const deleteMetricFilter: LogsOperation = (members, context) => {
  const filterName = members.text("filterName");
  checked((constraints) => {
    constraints.required("filterName", filterName);
    constraints.text("filterName", filterName, FILTER_NAME);
  });
  const group = groupOf(members, context);
  const there = group.settings.metricFilters ?? [];
  const kept = there.filter((one) => one.filterName !== filterName);
  if (kept.length === there.length)
    throw new LogsError("ResourceNotFoundException", "The specified metric filter does not exist.");
  group.settings = { ...group.settings, metricFilters: kept };
  return null;
};
