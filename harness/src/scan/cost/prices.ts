/**
 * Prices of AWS in us-east-1. No other file has prices. They are exact enough for an estimate before a long run, but not for a bill: other
 * Regions cost up to a third more, and free tiers and discounts are left out.
 */
export const PRICES = {
  region: "us-east-1",
  /**
   * When the prices were last compared with the pages below. Those of endpoints, NAT, addresses, repositories, zones, tables and custom
   * metrics were compared with public summaries of these pages from 2026-02 to 2026-06.
   */
  asOf: "2026-03",
  sources: [
    "https://aws.amazon.com/lambda/pricing/",
    "https://aws.amazon.com/cloudwatch/pricing/",
    "https://aws.amazon.com/fargate/pricing/",
    "https://aws.amazon.com/privatelink/pricing/",
    "https://aws.amazon.com/vpc/pricing/",
    "https://aws.amazon.com/ecr/pricing/",
    "https://aws.amazon.com/route53/pricing/",
    "https://aws.amazon.com/dynamodb/pricing/",
  ],
  lambdaRequestUsd: 0.2 / 1e6,
  lambdaGbSecondUsd: { x86_64: 0.0000166667, arm64: 0.0000133334 },
  lambdaProvisionedGbSecondUsd: 0.0000041667,
  alarmMonthUsd: 0.1,
  customMetricMonthUsd: 0.3,
  logsIngestedGbUsd: 0.5,
  logsStoredGbMonthUsd: 0.03,
  /** The price of Logs Insights for each GB that a query reads. */
  logsScannedGbUsd: 0.005,
  fargateVcpuHourUsd: 0.04048,
  fargateGbHourUsd: 0.004445,
  /** For each availability zone in which the endpoint is. */
  interfaceEndpointHourUsd: 0.01,
  natHourUsd: 0.045,
  natGbUsd: 0.045,
  publicAddressHourUsd: 0.005,
  repositoryGbMonthUsd: 0.1,
  /** A Cloud Map namespace with DNS makes a hosted zone. It is charged once for each calendar month, and not in its first 12 hours. */
  hostedZoneMonthUsd: 0.5,
  tableWriteUsd: 0.625 / 1e6,
} as const;
