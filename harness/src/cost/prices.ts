/**
 * Prices of AWS in us-east-1. No other file has prices. They are exact enough for an estimate before a long run, but not for a bill: other
 * Regions cost up to a third more, and free tiers and discounts are left out.
 */
export const PRICES = {
  region: "us-east-1",
  /** When the prices were last compared with the pages below. */
  asOf: "2026-03",
  sources: [
    "https://aws.amazon.com/lambda/pricing/",
    "https://aws.amazon.com/cloudwatch/pricing/",
    "https://aws.amazon.com/fargate/pricing/",
  ],
  lambdaRequestUsd: 0.2 / 1e6,
  lambdaGbSecondUsd: { x86_64: 0.0000166667, arm64: 0.0000133334 },
  lambdaProvisionedGbSecondUsd: 0.0000041667,
  alarmMonthUsd: 0.1,
  logsIngestedGbUsd: 0.5,
  logsStoredGbMonthUsd: 0.03,
  /** The price of Logs Insights for each GB that a query reads. */
  logsScannedGbUsd: 0.005,
  fargateVcpuHourUsd: 0.04048,
  fargateGbHourUsd: 0.004445,
} as const;
