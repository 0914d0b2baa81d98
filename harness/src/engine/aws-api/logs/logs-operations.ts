/** The operations of the CloudWatch Logs API by the name in their `X-Amz-Target`. */
import { NEVER_SET } from "../../log-store/never-set.ts";
import type { LogsOperation } from "../../log-store/operation.ts";
import {
  createLogGroup,
  deleteLogGroup,
  describeLogGroups,
  listLogGroups,
} from "../../log-store/operations/log-groups.ts";
import {
  createLogStream,
  deleteLogStream,
  describeLogStreams,
} from "../../log-store/operations/log-streams.ts";
import {
  deleteMetricFilter,
  describeMetricFilters,
  putMetricFilter,
} from "../../log-store/operations/metric-filters.ts";
import { deleteRetentionPolicy, putRetentionPolicy } from "../../log-store/operations/retention-policy.ts";
import { filterLogEvents } from "../../log-store/operations/filter-log-events.ts";
import { getLogEvents } from "../../log-store/operations/get-log-events.ts";
import { listTagsForResource, tagResource, untagResource } from "../../log-store/operations/tags.ts";
import { putLogEvents } from "../../log-store/operations/put-log-events.ts";

export const LOGS_OPERATIONS: ReadonlyMap<string, LogsOperation> = new Map(
  Object.entries({
    CreateLogGroup: createLogGroup,
    CreateLogStream: createLogStream,
    DeleteLogGroup: deleteLogGroup,
    DeleteLogStream: deleteLogStream,
    DeleteMetricFilter: deleteMetricFilter,
    DeleteRetentionPolicy: deleteRetentionPolicy,
    DescribeLogGroups: describeLogGroups,
    DescribeLogStreams: describeLogStreams,
    DescribeMetricFilters: describeMetricFilters,
    FilterLogEvents: filterLogEvents,
    GetLogEvents: getLogEvents,
    ListLogGroups: listLogGroups,
    ListTagsForResource: listTagsForResource,
    ListTagsLogGroup: listTagsForResource,
    PutLogEvents: putLogEvents,
    PutMetricFilter: putMetricFilter,
    PutRetentionPolicy: putRetentionPolicy,
    TagLogGroup: tagResource,
    TagResource: tagResource,
    UntagLogGroup: untagResource,
    UntagResource: untagResource,
    ...NEVER_SET,
  }),
);
