/** What a sentence says about an outcome that only CloudWatch's metrics can show (docs/analyze.md#cloudwatchs-metrics). */
export const METRICS_DECIDE =
  "CloudWatch's metrics decide this: longrun analyze --log-group GROUP asks for them, and longrun analyze FILE --metrics-file METRICS reads the answer of aws cloudwatch get-metric-data";
