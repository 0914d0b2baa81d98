import type { RequestMembers } from "../../request-validation/request-members.ts";
import { filterPattern } from "../filter-pattern.ts";
import { LogsError } from "../logs-error.ts";
import {
  FILTER_NAME,
  METRIC_FILTERS_MAX,
  METRIC_NAME,
  type MetricFilter,
  type MetricTransformation,
} from "../metric-filter.ts";
import { type LogsOperation, checked, groupOf } from "../operation.ts";

/** A filter of the same name is replaced, as on AWS. */
export const putMetricFilter: LogsOperation = (members, context) => {
  const filterName = members.text("filterName");
  const pattern = members.text("filterPattern");
  const transformations = members.objects("metricTransformations");
  checked((constraints) => {
    constraints.required("filterName", filterName);
    constraints.text("filterName", filterName, FILTER_NAME);
    constraints.required("filterPattern", pattern);
    constraints.required("metricTransformations", transformations);
    constraints.size("metricTransformations", transformations, { min: 1, max: 1 });
  });
  const group = groupOf(members, context);
  // A pattern that FilterLogEvents refuses is refused here too.
  filterPattern(pattern ?? "");
  const filter: MetricFilter = {
    filterName: filterName ?? "",
    filterPattern: pattern ?? "",
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
  const metricName = members.text("metricName");
  const metricNamespace = members.text("metricNamespace");
  const metricValue = members.text("metricValue");
  const place = "metricTransformations.1.member";
  checked((constraints) => {
    constraints.required(`${place}.metricName`, metricName);
    constraints.text(`${place}.metricName`, metricName, METRIC_NAME);
    constraints.required(`${place}.metricNamespace`, metricNamespace);
    constraints.text(`${place}.metricNamespace`, metricNamespace, METRIC_NAME);
    constraints.required(`${place}.metricValue`, metricValue);
    constraints.text(`${place}.metricValue`, metricValue, { max: 100 });
  });
  const defaultValue = members.number("defaultValue");
  const unit = members.text("unit");
  const dimensions = members.textMap("dimensions");
  return {
    metricName: metricName ?? "",
    metricNamespace: metricNamespace ?? "",
    metricValue: metricValue ?? "",
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(unit === undefined ? {} : { unit }),
    ...(dimensions === undefined ? {} : { dimensions }),
  };
}
