/** A request for every operation of the engine's CloudWatch Logs API. */
import { requestText } from "../support/http-request.ts";

const GROUP = "/aws/lambda/device";
const STREAM = "2026/11/25/[$LATEST]3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f";
const AT = 1_795_568_523_000;
const TRANSFORMATION = {
  metricName: "m",
  metricNamespace: "n",
  metricValue: "$.a",
  defaultValue: 0,
  unit: "Count",
};

const call = (operation: string, body: unknown): string =>
  requestText("POST /", body, { "x-amz-target": `Logs_20140328.${operation}` });

export const LOGS_REQUESTS: readonly string[] = [
  call("CreateLogGroup", { logGroupName: "/other", tags: { a: "b" }, logGroupClass: "STANDARD" }),
  call("CreateLogStream", { logGroupName: GROUP, logStreamName: "s" }),
  call("DeleteLogGroup", { logGroupName: "/other" }),
  call("DeleteLogStream", { logGroupName: GROUP, logStreamName: "s" }),
  call("PutRetentionPolicy", { logGroupName: GROUP, retentionInDays: 7 }),
  call("DeleteRetentionPolicy", { logGroupName: GROUP }),
  call("DescribeLogGroups", { logGroupNamePrefix: "/aws", limit: 50, nextToken: "x" }),
  call("DescribeLogStreams", { logGroupName: GROUP, orderBy: "LastEventTime", descending: true, limit: 2 }),
  call("PutLogEvents", {
    logGroupName: GROUP,
    logStreamName: STREAM,
    logEvents: [
      { timestamp: AT, message: "START" },
      { timestamp: AT + 1, message: '{"a":1,"b":[{"c":"x"}]}' },
    ],
  }),
  ...[
    '"START" -END',
    '{ $.a = 1 && ($.b[0].c = "x*" || $.d IS NULL) }',
    "[a, b=1*, ..., c]",
    "?a ?b",
    "%x+y%",
  ].map((filterPattern) =>
    call("FilterLogEvents", {
      logGroupName: GROUP,
      logStreamNames: [STREAM],
      startTime: 0,
      endTime: AT + 10,
      filterPattern,
      limit: 10,
      interleaved: true,
    }),
  ),
  call("FilterLogEvents", { logGroupName: GROUP, logStreamNamePrefix: "2026", nextToken: "000/1" }),
  call("GetLogEvents", {
    logGroupName: GROUP,
    logStreamName: STREAM,
    startFromHead: true,
    nextToken: "f/0001.2",
    limit: 3,
  }),
  call("PutMetricFilter", {
    logGroupName: GROUP,
    filterName: "refused",
    filterPattern: '{ $.event = "connect" }',
    metricTransformations: [TRANSFORMATION],
  }),
  call("DescribeMetricFilters", {
    logGroupName: GROUP,
    filterNamePrefix: "r",
    metricName: "m",
    metricNamespace: "n",
  }),
  call("DeleteMetricFilter", { logGroupName: GROUP, filterName: "refused" }),
  call("TagResource", {
    resourceArn: `arn:aws:logs:eu-central-1:123456789012:log-group:${GROUP}`,
    tags: { a: "b" },
  }),
  call("UntagResource", {
    resourceArn: `arn:aws:logs:eu-central-1:123456789012:log-group:${GROUP}`,
    tagKeys: ["a"],
  }),
  call("ListTagsForResource", { resourceArn: `arn:aws:logs:eu-central-1:123456789012:log-group:${GROUP}` }),
  call("DescribeSubscriptionFilters", { logGroupName: GROUP }),
];
