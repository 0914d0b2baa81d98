/** What to do about a log group whose class FilterLogEvents refuses (docs/aws/logs-api.md#log-classes). */
export const ANOTHER_LOG_GROUP =
  "A class never changes: let the function write into a log group of the class STANDARD (aws lambda update-function-configuration --logging-config LogGroup=…). Past events of the class INFREQUENT_ACCESS can be read with Logs Insights, and longrun analyze reads its results.";
