# Only this module creates Lambda functions. It sets what a long run depends on, and tests/ checks these settings: one invocation at a time
# by default, a log group that exists before the first environment, and logs that show when each Init ended.
locals {
  peer_environment = {
    PEER_HOST           = var.peer.host
    PEER_PORT           = tostring(var.peer.port)
    PEER_PROTOCOL       = var.peer.protocol
    PEER_REQUEST_BASE64 = var.peer.request_base64
    PEER_EXPECT_BASE64  = var.peer.expect_base64
  }
  lease_environment = var.lease == null ? {} : {
    LEASE_TABLE = var.lease.table_name
  }
}

resource "aws_lambda_function" "this" {
  function_name = var.name
  description   = "Under test by lambda-longrun: ${var.reserved_concurrency} running at a time, against a peer that serves ${var.peer_capacity} at a time."
  role          = aws_iam_role.this.arn

  filename         = var.package_file
  source_code_hash = fileexists(var.package_file) ? filebase64sha256(var.package_file) : null
  handler          = var.handler
  runtime          = var.runtime
  architectures    = [var.architecture]
  memory_size      = var.memory_mb
  timeout          = var.timeout_seconds

  # Reserved concurrency limits running invocations, but not the number of execution environments. That is the hazard that a run examines.
  reserved_concurrent_executions = var.reserved_concurrency

  environment {
    variables = merge(var.environment, { for key, value in merge(local.peer_environment, local.lease_environment) : key => value if value != null })
  }

  # At the default level INFO a successful Init writes no line. Then "initialised but never invoked" looks like "not yet initialised".
  logging_config {
    log_format            = "JSON"
    system_log_level      = "DEBUG"
    application_log_level = "INFO"
    log_group             = aws_cloudwatch_log_group.this.name
  }

  dynamic "vpc_config" {
    for_each = var.network == null ? [] : [var.network]

    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = [aws_security_group.this[0].id]
    }
  }

  tags = var.tags

  # Without these permissions the first environments could not write their logs.
  depends_on = [aws_iam_role_policy.this]

  lifecycle {
    precondition {
      condition     = fileexists(var.package_file)
      error_message = "The deployment package ${var.package_file} does not exist. `make build` builds the shipped designs into dist/functions/; Terraform builds nothing."
    }
  }
}
