/** The operations of the CloudWatch Logs API by the name in their `X-Amz-Target`. */
import { NEVER_SET } from "../../log-store/never-set.ts";
import type { LogsOperation } from "../../log-store/operation.ts";
import * as filterLogEvents from "../../log-store/operations/filter-log-events.ts";
import * as getLogEvents from "../../log-store/operations/get-log-events.ts";
import * as logGroups from "../../log-store/operations/log-groups.ts";
import * as logStreams from "../../log-store/operations/log-streams.ts";
import * as metricFilters from "../../log-store/operations/metric-filters.ts";
import * as putLogEvents from "../../log-store/operations/put-log-events.ts";
import * as retentionPolicy from "../../log-store/operations/retention-policy.ts";
import * as tags from "../../log-store/operations/tags.ts";
import { operationsByName } from "../operations-by-name.ts";

const { listTagsForResource, tagResource, untagResource } = tags;

export const LOGS_OPERATIONS: ReadonlyMap<string, LogsOperation> = new Map(
  Object.entries({
    ...operationsByName<LogsOperation>(filterLogEvents, getLogEvents, putLogEvents, logGroups, logStreams),
    ...operationsByName<LogsOperation>(metricFilters, retentionPolicy, tags),
    // The same operations under their older names.
    ListTagsLogGroup: listTagsForResource,
    TagLogGroup: tagResource,
    UntagLogGroup: untagResource,
    ...NEVER_SET,
  }),
);
