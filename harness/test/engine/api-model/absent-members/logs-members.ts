/** The members of CloudWatch Logs' requests: what the engine does with each, and requests in which it reads them (member-decision.ts). */
import type { ServiceMembers } from "./member-decision.ts";

const GROUP = "/aws/lambda/f";
const GROUP_ARN = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/f";
const LISTED = { limit: 10, nextToken: "x" };

export const LOGS_MEMBERS: ServiceMembers = {
  decided: {
    descending: "honoured",
    endTime: "honoured",
    filterName: "honoured",
    filterNamePrefix: "honoured",
    filterPattern: "honoured",
    interleaved: "nothing to do: AWS ignores it, and always interleaves the streams",
    limit: "honoured",
    "logEvents.message": "honoured",
    "logEvents.timestamp": "honoured",
    logGroupClass: "honoured",
    logGroupIdentifier: "honoured",
    logGroupIdentifiers: "honoured",
    logGroupName: "honoured",
    logGroupNamePattern: "honoured",
    logGroupNamePrefix: "honoured",
    logStreamName: "honoured",
    logStreamNamePrefix: "honoured",
    logStreamNames: "honoured",
    metricName: "honoured",
    metricNamespace: "honoured",
    "metricTransformations.defaultValue": "kept",
    "metricTransformations.dimensions": "kept",
    "metricTransformations.metricName": "kept",
    "metricTransformations.metricNamespace": "kept",
    "metricTransformations.metricValue": "kept",
    "metricTransformations.unit": "kept",
    nextToken: "honoured",
    orderBy: "honoured",
    resourceArn: "honoured",
    retentionInDays: "honoured",
    sequenceToken: "nothing to do: AWS accepts any token, and a request without a token",
    startFromHead: "honoured",
    startTime: "honoured",
    tagKeys: "honoured",
    tags: "kept",
    unmask: "nothing to do: without data protection policies nothing is masked",
  },
  requests: () => ({
    CreateLogGroup: [{ logGroupName: GROUP, tags: { k: "v" }, logGroupClass: "STANDARD" }],
    CreateLogStream: [{ logGroupName: GROUP, logStreamName: "s" }],
    PutLogEvents: [{ logGroupName: GROUP, logStreamName: "s", logEvents: [{ timestamp: 1, message: "m" }] }],
    DescribeLogGroups: [
      { logGroupNamePrefix: "/", logGroupClass: "STANDARD", logGroupIdentifiers: [GROUP], ...LISTED },
      { logGroupNamePattern: "a" },
    ],
    DescribeLogStreams: [
      {
        logGroupIdentifier: GROUP_ARN,
        logStreamNamePrefix: "s",
        orderBy: "LogStreamName",
        descending: true,
        ...LISTED,
      },
      { logGroupName: GROUP },
    ],
    FilterLogEvents: [
      {
        logGroupName: GROUP,
        logStreamNames: ["s"],
        startTime: 0,
        endTime: 1,
        filterPattern: "x",
        startFromHead: true,
        ...LISTED,
      },
      { logGroupIdentifier: GROUP_ARN, logStreamNamePrefix: "s" },
    ],
    GetLogEvents: [
      { logGroupName: GROUP, logStreamName: "s", startTime: 0, endTime: 1, limit: 1, startFromHead: true },
      { logGroupIdentifier: GROUP_ARN, logStreamName: "s", nextToken: "x" },
    ],
    PutRetentionPolicy: [{ logGroupName: GROUP, retentionInDays: 7 }],
    DeleteRetentionPolicy: [{ logGroupName: GROUP }],
    TagResource: [{ resourceArn: GROUP_ARN, tags: { k: "v" } }],
    UntagResource: [{ resourceArn: GROUP_ARN, tagKeys: ["k"] }],
    ListTagsForResource: [{ resourceArn: GROUP_ARN }],
    TagLogGroup: [{ logGroupName: GROUP, tags: { k: "v" } }],
    UntagLogGroup: [{ logGroupName: GROUP, tags: ["k"] }],
    ListTagsLogGroup: [{ logGroupName: GROUP }],
    ListLogGroups: [{ logGroupNamePattern: "^/aws|abc", logGroupClass: "STANDARD", ...LISTED }],
    PutMetricFilter: [
      {
        ...{ logGroupName: GROUP, filterName: "n", filterPattern: "x" },
        metricTransformations: [
          {
            metricName: "m",
            metricNamespace: "n",
            metricValue: "1",
            defaultValue: 0,
            unit: "Count",
            dimensions: { d: "$.d" },
          },
        ],
      },
    ],
    DescribeMetricFilters: [
      { logGroupName: GROUP, filterNamePrefix: "n", metricName: "m", metricNamespace: "n", ...LISTED },
    ],
    DeleteMetricFilter: [{ logGroupName: GROUP, filterName: "n" }],
    DeleteLogStream: [{ logGroupName: GROUP, logStreamName: "s" }],
    DeleteLogGroup: [{ logGroupName: GROUP }],
  }),
};
