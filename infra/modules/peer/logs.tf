# One group for each peer: its lines are the evidence of who was served, joined to the function by this name.
resource "aws_cloudwatch_log_group" "this" {
  for_each = local.peers

  name              = "/longrun/${var.name}/peer/${each.key}"
  retention_in_days = var.retention_days
  kms_key_id        = var.kms_key_arn
}
