# Optional alarms for an operator. The metric filter reads the lifecycle lines (docs/contracts.md#the-lifecycle-line).
resource "aws_cloudwatch_metric_alarm" "errors" {
  count = var.alarms == null ? 0 : 1

  alarm_name          = "${var.name}-errors"
  alarm_description   = "The function ${var.name} fails: see docs/incident.md"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = var.name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarms.actions
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "throttles" {
  count = var.alarms == null ? 0 : 1

  alarm_name          = "${var.name}-throttles"
  alarm_description   = "Lambda refused an invocation of ${var.name} because as many invocations were running as its reserved concurrency allows"
  namespace           = "AWS/Lambda"
  metric_name         = "Throttles"
  dimensions          = { FunctionName = var.name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarms.actions
  tags                = var.tags
}

resource "aws_cloudwatch_log_metric_filter" "refused" {
  count = var.alarms == null ? 0 : 1

  name           = "${var.name}-refused"
  log_group_name = aws_cloudwatch_log_group.this.name
  pattern        = "{ ($.longrun = 1) && ($.event = \"connect\") && (($.outcome = \"refused\") || ($.outcome = \"timed-out\")) }"

  metric_transformation {
    namespace = "Longrun"
    name      = "${var.name}-refused"
    value     = "1"
    unit      = "Count"
  }
}

resource "aws_cloudwatch_metric_alarm" "refused" {
  count = var.alarms == null ? 0 : 1

  alarm_name          = "${var.name}-refused"
  alarm_description   = "The peer did not accept ${var.name} when it connected, usually because other clients hold every connection that it accepts. See docs/incident.md"
  namespace           = "Longrun"
  metric_name         = aws_cloudwatch_log_metric_filter.refused[0].metric_transformation[0].name
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarms.actions
  tags                = var.tags
}
