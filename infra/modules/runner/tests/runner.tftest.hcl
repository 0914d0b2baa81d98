# Tests that the runner only invokes functions and reads logs and metrics, and that its results stay private.
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
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/longrun-runner" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::longrun-runs" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/longrun/longrun/runner" }
  }
}

variables {
  name   = "longrun"
  region = "eu-central-1"
  image  = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/longrun:1.0.0"
  functions = {
    handler-connect = {
      name                = "longrun-handler-connect"
      arn                 = "arn:aws:lambda:eu-central-1:123456789012:function:longrun-handler-connect"
      log_group_arn       = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/longrun-handler-connect"
      peer_log_group_name = "/longrun/longrun/peer/handler-connect"
    }
  }
  network = {
    vpc_id     = "vpc-1"
    subnet_ids = ["subnet-1"]
    https_cidr = "10.83.0.0/24"
  }
}

run "promises" {
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].command == ["soak", "--target", "aws", "--region", "eu-central-1", "--duration", "24h", "--interval", "60s", "--yes", "--out", "/run/longrun/run", "--function", "handler-connect=longrun-handler-connect", "--peer-log-group", "handler-connect=/longrun/longrun/peer/handler-connect"]
    error_message = "The task must soak what was deployed for a day, with the labels of the deployment, and read the log of a managed peer. Without a duration it would invoke only a few times and end inconclusive."
  }

  assert {
    condition     = alltrue([for statement in data.aws_iam_policy_document.task.statement : alltrue([for action in statement.actions : can(regex("^(lambda:(Get|Invoke)|logs:(Describe|Filter|Get)|cloudwatch:GetMetricData$|s3:PutObject$)", action))])])
    error_message = "The task must not be able to change the functions under test: it reads their configuration, invokes them, reads logs and metrics, and writes results."
  }

  assert {
    condition     = alltrue([for statement in data.aws_iam_policy_document.task.statement : !contains(statement.resources, "*") if !contains(["LookAtLimits", "ReadMetrics"], statement.sid)])
    error_message = "The task may access only the functions under test, their logs and its own results."
  }

  assert {
    condition     = aws_s3_bucket_public_access_block.this.block_public_acls && aws_s3_bucket_public_access_block.this.block_public_policy && aws_s3_bucket_public_access_block.this.ignore_public_acls && aws_s3_bucket_public_access_block.this.restrict_public_buckets
    error_message = "The results contain logs, so they must never be public."
  }

  assert {
    condition     = one(aws_ecs_cluster.this.setting).value == "disabled"
    error_message = "Container Insights must be off, even if the account switches it on by default: its log groups survive a destroy."
  }

  assert {
    condition     = aws_s3_bucket.this.force_destroy == false
    error_message = "Results are evidence: a destroy must not delete them by accident."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].stopTimeout == 120
    error_message = "A soak that is stopped must have the time to judge and to upload."
  }
}

run "soaks_as_asked_against_a_machine_that_is_not_ours" {
  variables {
    duration = "3d"
    interval = "10s"
    functions = {
      handler-connect = {
        name          = "longrun-handler-connect"
        arn           = "arn:aws:lambda:eu-central-1:123456789012:function:longrun-handler-connect"
        log_group_arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/longrun-handler-connect"
        external_peer = "plc.example.com:502"
      }
    }
  }

  assert {
    condition     = output.command == ["soak", "--target", "aws", "--region", "eu-central-1", "--duration", "3d", "--interval", "10s", "--yes", "--out", "/run/longrun/run", "--function", "handler-connect=longrun-handler-connect", "--peer", "plc.example.com:502"]
    error_message = "The task must use the requested duration and interval, and name the external peer to which it will connect."
  }
}

run "writes_encrypted_results" {
  variables {
    kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1"
  }

  assert {
    condition     = [for statement in data.aws_iam_policy_document.task.statement : [statement.actions, statement.resources] if statement.sid == "EncryptResults"] == [[toset(["kms:GenerateDataKey"]), toset(["arn:aws:kms:eu-central-1:123456789012:key/1"])]]
    error_message = "Without kms:GenerateDataKey on the bucket's key, S3 refuses every result that the task writes."
  }
}

run "refuses_lengths_out_of_range" {
  command = plan

  variables {
    duration = "31d"
    interval = "11m"
  }

  expect_failures = [var.duration, var.interval]
}

run "refuses_what_is_no_length" {
  command = plan

  variables {
    duration = "5m"
    interval = "0s"
  }

  expect_failures = [var.duration, var.interval]
}

run "refuses_values" {
  command = plan

  variables {
    image          = "longrun"
    cpu            = 300
    memory_mb      = 1000
    retention_days = 0
  }

  expect_failures = [var.image, var.cpu, var.memory_mb, var.retention_days]
}
