# There is one log group for each peer. Its lines show which client was served. The group's name shows to which function the peer belongs.
resource "aws_cloudwatch_log_group" "this" {
  for_each = local.peers

  name              = "/longrun/${var.name}/peer/${each.key}"
  retention_in_days = var.retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}
