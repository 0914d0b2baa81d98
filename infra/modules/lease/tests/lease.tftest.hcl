mock_provider "aws" {}

variables {
  name = "longrun-leases"
}

run "promises" {
  command = plan

  assert {
    condition     = aws_dynamodb_table.this.billing_mode == "PAY_PER_REQUEST"
    error_message = "The table must be billed by request: a lease needs a few writes for each invocation, and capacity by the hour would cost more than the run."
  }

  assert {
    condition     = aws_dynamodb_table.this.hash_key == "leaseKey" && length(aws_dynamodb_table.this.ttl) == 0
    error_message = "The key must be leaseKey, which the handler uses (functions/src/lease). Items must never expire: a deleted item would let fencing tokens begin again, and an old token would win."
  }
}
