# Tests what a function guarantees, each with the reason, and the inputs that are refused before anything is created.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/longrun-demo" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/longrun-demo-function" }
  }
}

variables {
  name         = "longrun-demo"
  package_file = "./tests/package.zip"
  peer = {
    host     = "10.1.2.3"
    port     = 7000
    protocol = "raw"
  }
}

run "promises" {
  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == 1
    error_message = "Reserved concurrency must be 1 by default: two concurrent invocations would compete for the peer's only connection, and a soak would show that instead of the platform's hazard."
  }

  assert {
    condition     = aws_lambda_function.this.logging_config[0].log_format == "JSON" && aws_lambda_function.this.logging_config[0].system_log_level == "DEBUG"
    error_message = "Logs must be JSON with system level DEBUG: else a successful Init leaves no line, and an environment that was initialised and never invoked cannot be seen."
  }

  assert {
    condition     = aws_lambda_function.this.logging_config[0].application_log_level == "INFO"
    error_message = "The application log level must not filter out the lifecycle lines."
  }

  assert {
    condition     = aws_lambda_function.this.logging_config[0].log_group == aws_cloudwatch_log_group.this.name && aws_cloudwatch_log_group.this.name == "/aws/lambda/longrun-demo"
    error_message = "The function must name the log group that was made before it: a group that Lambda creates keeps its events for ever."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "The log group must have a retention."
  }

  assert {
    condition     = aws_lambda_function.this.runtime == "nodejs22.x"
    error_message = "The default runtime must be one that provider major 5 accepts."
  }

  assert {
    condition     = aws_lambda_function.this.source_code_hash == filebase64sha256("./tests/package.zip")
    error_message = "A changed package must change the function."
  }

  assert {
    condition     = aws_lambda_function.this.environment[0].variables == tomap({ PEER_HOST = "10.1.2.3", PEER_PORT = "7000", PEER_PROTOCOL = "raw" })
    error_message = "The environment variables must have the peer's address and nothing that was not given."
  }

  assert {
    condition     = length(aws_lambda_function.this.vpc_config) == 0 && length(aws_security_group.this) == 0
    error_message = "Without a network the function must stay outside of any VPC."
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.errors) + length(aws_cloudwatch_metric_alarm.throttles) + length(aws_cloudwatch_metric_alarm.refused) + length(aws_cloudwatch_log_metric_filter.refused) == 0
    error_message = "Without a request there must be no alarm."
  }

  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.this.statement : statement.sid == "WriteOwnLogs" && toset(statement.actions) == toset(["logs:CreateLogStream", "logs:PutLogEvents"]) && alltrue([for resource in statement.resources : endswith(resource, ":log-group:/aws/lambda/longrun-demo:*")])
    ])
    error_message = "Outside of a VPC and without a lease, the role may only write the function's own log."
  }
}

run "stopped" {
  command = plan

  variables {
    reserved_concurrency = 0
  }

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == 0
    error_message = "0 must be allowed: it is the operator's way to stop the function (docs/incident.md)."
  }
}

run "in_a_network_with_lease_and_alarms" {
  variables {
    network = {
      vpc_id     = "vpc-1"
      subnet_ids = ["subnet-1", "subnet-2"]
      dynamodb   = { prefix_list_id = "pl-1" }
    }
    peer_security_group_id = "sg-peer"
    lease                  = { table_name = "leases", table_arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/leases" }
    alarms                 = { actions = ["arn:aws:sns:eu-central-1:123456789012:on-call"] }
    environment            = { STAGE = "test" }
  }

  assert {
    condition     = aws_vpc_security_group_egress_rule.peer[0].referenced_security_group_id == "sg-peer" && aws_vpc_security_group_egress_rule.peer[0].from_port == 7000 && aws_vpc_security_group_egress_rule.peer[0].to_port == 7000
    error_message = "In a VPC the function must reach its peer's port."
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.peer) + length(aws_vpc_security_group_egress_rule.dynamodb) == 2 && aws_vpc_security_group_egress_rule.dynamodb[0].prefix_list_id == "pl-1"
    error_message = "Besides its peer, the function may reach only the lease table."
  }

  assert {
    condition     = aws_lambda_function.this.environment[0].variables["LEASE_TABLE"] == "leases" && aws_lambda_function.this.environment[0].variables["STAGE"] == "test"
    error_message = "The function's environment variables must have its lease and the caller's own variables."
  }

  assert {
    condition     = length([for statement in data.aws_iam_policy_document.this.statement : statement if statement.sid == "NotFromTheHandler" && statement.effect == "Deny"]) == 1
    error_message = "The handler runs with the role that holds the network interfaces: it must not be able to create or delete any."
  }

  assert {
    condition     = alltrue([for statement in data.aws_iam_policy_document.this.statement : tolist(statement.condition)[0].values == tolist(["longrun-demo"]) if statement.sid == "HoldOwnLease"])
    error_message = "A function may take its own lease and no other function's."
  }

  assert {
    condition = alltrue([for alarm in concat(aws_cloudwatch_metric_alarm.errors, aws_cloudwatch_metric_alarm.throttles, aws_cloudwatch_metric_alarm.refused) :
      alarm.treat_missing_data == "notBreaching" && tolist(alarm.alarm_actions) == tolist(["arn:aws:sns:eu-central-1:123456789012:on-call"])
    ])
    error_message = "An alarm must not fire without data, and must notify the given topics."
  }

  assert {
    condition     = strcontains(aws_cloudwatch_log_metric_filter.refused[0].pattern, "$.event = \"connect\"") && strcontains(aws_cloudwatch_log_metric_filter.refused[0].pattern, "\"refused\"") && strcontains(aws_cloudwatch_log_metric_filter.refused[0].pattern, "\"timed-out\"")
    error_message = "The metric must count connect lines that show a busy peer (refused and timed-out), never failed."
  }
}

run "refuses_more_than_the_peer_has_places" {
  command = plan

  variables {
    reserved_concurrency = 2
  }

  expect_failures = [var.reserved_concurrency]
}

run "several_places" {
  command = plan

  variables {
    peer_capacity        = 5
    reserved_concurrency = 5
  }

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == 5
    error_message = "As many invocations may run at a time as the peer has places."
  }
}

run "refuses_an_old_runtime" {
  command = plan

  variables {
    runtime = "nodejs20.x"
  }

  expect_failures = [var.runtime]
}

run "refuses_a_package_that_was_not_built" {
  command = plan

  variables {
    package_file = "./tests/never-built.zip"
  }

  expect_failures = [aws_lambda_function.this]
}

run "refuses_a_package_that_is_no_zip" {
  command = plan

  variables {
    package_file = "./tests/function.tftest.hcl"
  }

  expect_failures = [var.package_file]
}

run "refuses_what_the_module_sets" {
  command = plan

  variables {
    environment = { PEER_HOST = "elsewhere" }
  }

  expect_failures = [var.environment]
}

run "refuses_numbers_out_of_range" {
  command = plan

  variables {
    memory_mb       = 64
    timeout_seconds = 2
    retention_days  = 31
  }

  expect_failures = [var.memory_mb, var.timeout_seconds, var.retention_days]
}

run "refuses_names" {
  command = plan

  variables {
    name        = "a name"
    handler     = "handler"
    kms_key_arn = "alias/mine"
  }

  expect_failures = [var.name, var.handler, var.kms_key_arn]
}

run "refuses_two_targets_for_one_peer" {
  command = plan

  variables {
    network                = { vpc_id = "vpc-1", subnet_ids = ["subnet-1"], peer_cidr = "10.1.2.3/32" }
    peer_security_group_id = "sg-peer"
  }

  expect_failures = [aws_vpc_security_group_egress_rule.peer[0]]
}
