import type { RequestMembers } from "../../request-validation/request-members.ts";
import { filterPattern } from "../filter-pattern.ts";
import { LogsError } from "../logs-error.ts";
import { METRIC_FILTERS_MAX, type MetricFilter, type MetricTransformation } from "../metric-filter.ts";
import { type LogsOperation, groupOf } from "../operation.ts";

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
