/** The operations of the CloudWatch Logs API by the name in their `X-Amz-Target`. */
import { NEVER_SET } from "../../log-store/never-set.ts";
import type { LogsOperation } from "../../log-store/operation.ts";
import { createLogGroup } from "../../log-store/operations/create-log-group.ts";
import { createLogStream } from "../../log-store/operations/create-log-stream.ts";
import { deleteLogGroup } from "../../log-store/operations/delete-log-group.ts";
import { deleteLogStream } from "../../log-store/operations/delete-log-stream.ts";
import { deleteMetricFilter } from "../../log-store/operations/delete-metric-filter.ts";
import { deleteRetentionPolicy } from "../../log-store/operations/delete-retention-policy.ts";
import { describeLogGroups } from "../../log-store/operations/describe-log-groups.ts";
import { describeLogStreams } from "../../log-store/operations/describe-log-streams.ts";
import { describeMetricFilters } from "../../log-store/operations/describe-metric-filters.ts";
import { filterLogEvents } from "../../log-store/operations/filter-log-events.ts";
import { getLogEvents } from "../../log-store/operations/get-log-events.ts";
import { listLogGroups } from "../../log-store/operations/list-log-groups.ts";
import { listTagsForResource } from "../../log-store/operations/list-tags-for-resource.ts";
import { putLogEvents } from "../../log-store/operations/put-log-events.ts";
import { putMetricFilter } from "../../log-store/operations/put-metric-filter.ts";
import { putRetentionPolicy } from "../../log-store/operations/put-retention-policy.ts";
import { tagResource } from "../../log-store/operations/tag-resource.ts";
import { untagResource } from "../../log-store/operations/untag-resource.ts";

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
