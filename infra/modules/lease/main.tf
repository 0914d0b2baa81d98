# Leases with fencing tokens for the design `lease-connect`: one item for each function, a few writes for each invocation. No backup is
# needed: a function that has lost its lease takes it again, and gets a higher token, because items are never deleted.
resource "aws_dynamodb_table" "this" {
  name         = var.name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "leaseKey"

  attribute {
    name = "leaseKey"
    type = "S"
  }

  server_side_encryption {
    enabled     = var.kms_key_arn != null
    kms_key_arn = var.kms_key_arn
  }

  tags = var.tags
}
