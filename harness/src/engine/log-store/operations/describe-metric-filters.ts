import { LogsError } from "../logs-error.ts";
import { type LogsOperation, groupOf } from "../operation.ts";
import { listPage } from "../pages.ts";

/**
 * Lists the filters of one group or of all groups. A request can select them by a prefix of the name or by the metric to which the filters
 * write.
 */
export const describeMetricFilters: LogsOperation = (members, context) => {
  const prefix = members.text("filterNamePrefix") ?? "";
  const metricName = members.text("metricName");
  const metricNamespace = members.text("metricNamespace");
  if ((metricName === undefined) !== (metricNamespace === undefined))
    throw new LogsError(
      "InvalidParameterException",
      "metricName and metricNamespace must be specified together.",
    );
  const groups =
    members.text("logGroupName") === undefined ? context.store.groups() : [groupOf(members, context)];
  const filters = groups
    .flatMap(({ name, settings }) =>
      (settings.metricFilters ?? []).map((filter) => ({ ...filter, logGroupName: name })),
    )
    .filter(
      ({ filterName, metricTransformations }) =>
        filterName.startsWith(prefix) &&
        (metricName === undefined ||
          metricTransformations.some(
            (one) => one.metricName === metricName && one.metricNamespace === metricNamespace,
          )),
    );
  const { items, ...more } = listPage(
    filters,
    ({ filterName, logGroupName }) => [filterName, logGroupName],
    members,
  );
  return { metricFilters: items.map((filter) => ({ ...filter, applyOnTransformedLogs: false })), ...more };
};
