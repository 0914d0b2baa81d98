# One log group for each peer. Its lines show who was served. The name joins them to the function.
resource "aws_cloudwatch_log_group" "this" {
  for_each = local.peers

  name              = "/longrun/${var.name}/peer/${each.key}"
  retention_in_days = var.retention_days
  kms_key_id        = var.kms_key_arn
}
