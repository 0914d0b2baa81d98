/** The operations on metric filters. */
import type { RequestMembers } from "../../request-validation/request-members.ts";
import { filterPattern } from "../filter-pattern.ts";
import { LogsError, invalidLogsParameter } from "../logs-error.ts";
import { METRIC_FILTERS_MAX, type MetricFilter, type MetricTransformation } from "../metric-filter.ts";
import { type LogsOperation, groupOf } from "../operation.ts";
import { listPage } from "../pages.ts";

/** PutMetricFilter: adds a filter, or replaces the filter of the same name, as on AWS. */
export const putMetricFilter: LogsOperation = (members, context) => {
  const filterName = members.required("filterName");
  const pattern = members.required("filterPattern");
  const transformations = members.objects("metricTransformations");
  const group = groupOf(members, context);
  // A pattern that FilterLogEvents refuses is refused here too.
  filterPattern(pattern);
  const filter: MetricFilter = {
    filterName,
    filterPattern: pattern,
    metricTransformations: (transformations ?? []).map(transformation),
    creationTime: context.now,
  };
  const others = (group.settings.metricFilters ?? []).filter((one) => one.filterName !== filterName);
  if (others.length >= METRIC_FILTERS_MAX)
    throw new LogsError("LimitExceededException", "Resource limit exceeded.");
  group.settings = { ...group.settings, metricFilters: [...others, filter] };
  return null;
};

function transformation(members: RequestMembers): MetricTransformation {
  const defaultValue = members.number("defaultValue");
  const unit = members.text("unit");
  const dimensions = members.textMap("dimensions");
  return {
    metricName: members.required("metricName"),
    metricNamespace: members.required("metricNamespace"),
    metricValue: members.required("metricValue"),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(unit === undefined ? {} : { unit }),
    ...(dimensions === undefined ? {} : { dimensions }),
  };
}

/**
 * Lists the filters of one group or of all groups. A request can select them by a prefix of the name or by the metric to which the filters
 * write.
 */
export const describeMetricFilters: LogsOperation = (members, context) => {
  const prefix = members.text("filterNamePrefix") ?? "";
  const metricName = members.text("metricName");
  const metricNamespace = members.text("metricNamespace");
  if ((metricName === undefined) !== (metricNamespace === undefined))
    throw invalidLogsParameter("metricName and metricNamespace must be specified together.");
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
