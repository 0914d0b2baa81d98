/** Operations that list settings which the engine does not support. They answer as CloudWatch Logs does if nothing was set. */
import { type LogsOperation, groupOf } from "./operation.ts";

const LISTS: readonly (readonly [operation: string, member: string, ofGroup: boolean])[] = [
  ["DescribeAccountPolicies", "accountPolicies", false],
  ["DescribeDeliveries", "deliveries", false],
  ["DescribeDeliveryDestinations", "deliveryDestinations", false],
  ["DescribeDeliverySources", "deliverySources", false],
  ["DescribeDestinations", "destinations", false],
  ["DescribeExportTasks", "exportTasks", false],
  ["DescribeQueries", "queries", false],
  ["DescribeQueryDefinitions", "queryDefinitions", false],
  ["DescribeResourcePolicies", "resourcePolicies", false],
  ["DescribeSubscriptionFilters", "subscriptionFilters", true],
  ["ListLogAnomalyDetectors", "anomalyDetectors", false],
];

export const NEVER_SET: Readonly<Record<string, LogsOperation>> = Object.fromEntries(
  LISTS.map(([operation, member, ofGroup]) => [
    operation,
    (members, context) => {
      if (ofGroup) groupOf(members, context);
      return { [member]: [] };
    },
  ]),
);
