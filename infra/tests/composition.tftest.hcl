# Tests the whole composition without access to AWS: every output that the harness reads, and the inputs that are refused before anything is
# created.
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
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-central-1a", "eu-central-1b", "eu-central-1c"] }
  }
  mock_resource "aws_vpc" {
    defaults = { cidr_block = "10.83.0.0/24" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/longrun-role" }
  }
  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::123456789012:policy/longrun-boundary" }
  }
  mock_resource "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:some" }
  }
  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:some" }
  }
  mock_resource "aws_service_discovery_service" {
    defaults = { arn = "arn:aws:servicediscovery:eu-central-1:123456789012:service/srv-1" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-central-1:123456789012:task-definition/some:1" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::longrun-runs" }
  }
  mock_resource "aws_dynamodb_table" {
    defaults = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/longrun-leases" }
  }
}

variables {
  region = "eu-central-1"
  functions = {
    handler-connect = { package_file = "./tests/package.zip" }
  }
  peer = {
    external = { host = "plc.example.com", port = 502 }
  }
}

run "external_peer_outside_of_a_vpc" {
  assert {
    condition     = jsonencode(output.functions["handler-connect"]) == jsonencode({ arn = "arn:aws:lambda:eu-central-1:123456789012:function:some", log_group = "/aws/lambda/longrun-handler-connect", name = "longrun-handler-connect", peer = "plc.example.com:502", peer_log_group = null, peer_protocol = "raw" })
    error_message = "The output must have the function, the log group and the peer, because the harness reads them here."
  }

  assert {
    condition     = output.region == "eu-central-1" && output.endpoint == null && output.runner == null && output.image_repository == null && output.github == null
    error_message = "An output for something that was not requested must be null, so that a reader need not guess."
  }

  assert {
    condition     = length(module.network) + length(module.runner) + length(module.lease) + length(module.image) + length(module.github_oidc) == 0
    error_message = "A function with an external peer needs nothing else, so nothing else must be created."
  }
}

run "everything" {
  variables {
    given = ["runner", "github"]
    functions = {
      init-connect    = { package_file = "./tests/package.zip" }
      handler-connect = { package_file = "./tests/package.zip" }
      lease-connect   = { package_file = "./tests/package.zip", lease = true }
    }
    peer             = { managed = { image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/longrun:1.0.0" } }
    network          = { create = {} }
    runner           = { image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/longrun:1.0.0" }
    image_repository = true
    alarms           = {}
    github           = { repository = "acme/line-control", state_bucket = "acme-state", state_key = "longrun" }
  }

  assert {
    condition     = jsonencode(output.given) == jsonencode(["github", "runner"])
    error_message = "The output must have the names of the given variables, because make compares them with those of the next plan before it removes anything."
  }

  assert {
    condition     = toset([for function in values(output.functions) : function.peer]) == toset(["init-connect.longrun.internal:7000", "handler-connect.longrun.internal:7000", "lease-connect.longrun.internal:7000"])
    error_message = "Every function of a run must have its own peer."
  }

  assert {
    condition     = output.functions["lease-connect"].peer_log_group == "/longrun/longrun/peer/lease-connect"
    error_message = "The output must have the log group of a managed peer, because the harness reads the peer's log there."
  }

  assert {
    condition     = local.interface_endpoints == toset(["ecr.api", "ecr.dkr", "logs", "lambda", "monitoring"]) && local.gateway_endpoints == toset(["s3", "dynamodb"])
    error_message = "Without NAT there must be endpoints for image, logs and Lambda, which the tasks need, and for the table of the lease."
  }

  assert {
    condition     = toset(keys(output.runner)) == toset(["bucket", "cluster", "command", "log_group", "security_group_id", "subnet_ids", "task_definition"])
    error_message = "The output must have everything that is needed to run the soak's task."
  }

  assert {
    condition     = toset(keys(output.github)) == toset(["apply_role_arn", "plan_role_arn"])
    error_message = "The output must have the workflows' roles."
  }
}

run "tells_where_the_engine_is" {
  variables {
    local = { engine = "http://127.0.0.1:3001", services = "http://127.0.0.1:3002" }
  }

  assert {
    condition     = output.endpoint == "http://127.0.0.1:3001"
    error_message = "The output must have the engine's address, because `make longrun TARGET=local` reads it here."
  }
}

run "refuses_a_managed_peer_without_network" {
  command = plan

  variables {
    peer = { managed = { image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/longrun:1.0.0" } }
  }

  expect_failures = [terraform_data.preflight]
}

run "refuses_an_image_that_a_network_without_nat_cannot_fetch" {
  command = plan

  variables {
    peer    = { managed = { image = "ghcr.io/acme/longrun:1.0.0" } }
    network = { create = {} }
  }

  expect_failures = [terraform_data.preflight]
}

run "refuses_an_image_of_another_region" {
  command = plan

  variables {
    peer    = { managed = { image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/longrun:1.0.0" } }
    network = { create = {} }
  }

  expect_failures = [terraform_data.preflight]
}

run "fetches_any_image_through_nat" {
  command = plan

  variables {
    peer         = { managed = { image = "ghcr.io/acme/longrun:1.0.0" } }
    network      = { create = { nat = true } }
    architecture = "arm64"
  }

  assert {
    condition     = length(module.network) == 1
    error_message = "With a NAT gateway, an image of any registry must be accepted."
  }
}

run "refuses_labels_of_other_parts" {
  command = plan

  variables {
    functions = {
      runner    = { package_file = "./tests/package.zip" }
      peer-demo = { package_file = "./tests/package.zip" }
    }
  }

  expect_failures = [var.functions]
}

run "has_the_modules_defaults" {
  command = plan

  variables {
    peer    = { managed = { image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/longrun:1.0.0" } }
    network = { create = {} }
    alarms  = {}
    runner  = { image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/longrun:1.0.0" }
  }

  assert {
    condition     = output.functions["handler-connect"].peer == "handler-connect.longrun.internal:7000" && length(module.network[0].subnet_ids) == 2
    error_message = "An input that is left out must have the default of its module."
  }
}

run "has_the_boundary_of_the_workflows_roles" {
  variables {
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/longrun-boundary"
  }

  assert {
    condition     = local.boundary_arn == "arn:aws:iam::123456789012:policy/longrun-boundary" && length(module.github_oidc) == 0
    error_message = "Every role must have the boundary, because the apply role can create no role without it."
  }
}

run "refuses_a_boundary_twice" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/longrun-boundary"
    github                   = { repository = "acme/line-control", state_bucket = "acme-state", state_key = "longrun" }
  }

  expect_failures = [terraform_data.preflight]
}

run "refuses_tags_that_permissions_depend_on" {
  command = plan

  variables {
    tags = { Longrun = "other" }
  }

  expect_failures = [var.tags]
}

run "refuses_an_unknown_processor" {
  command = plan

  variables {
    architecture = "riscv"
  }

  expect_failures = [var.architecture]
}

run "refuses_an_external_peer_in_a_vpc_of_unknown_range" {
  command = plan

  variables {
    network = { create = {} }
  }

  expect_failures = [terraform_data.preflight]
}

run "refuses_a_runner_without_network" {
  command = plan

  variables {
    runner = { image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/longrun:1.0.0" }
  }

  expect_failures = [terraform_data.preflight]
}

run "refuses_a_key_on_the_local_target" {
  command = plan

  variables {
    local = { engine = "http://127.0.0.1:3001", services = "http://127.0.0.1:3002" }
    logs  = { kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1" }
  }

  expect_failures = [terraform_data.preflight]
}

run "refuses_addresses_that_are_not_this_machine" {
  command = plan

  variables {
    local = { engine = "http://10.0.0.1:3001", services = "http://127.0.0.1:3002" }
  }

  expect_failures = [var.local]
}

run "refuses_regions" {
  command = plan

  variables {
    region = "cn-north-1"
  }

  expect_failures = [var.region]
}

run "refuses_names_and_shapes" {
  command = plan

  variables {
    name    = "Long_Run"
    network = { create = {}, existing = { vpc_id = "vpc-1", subnet_ids = ["subnet-1"] } }
  }

  expect_failures = [var.name, var.network]
}

run "refuses_no_function" {
  command = plan

  variables {
    functions = {}
  }

  expect_failures = [var.functions]
}

run "refuses_neither_peer" {
  command = plan

  variables {
    peer = {}
  }

  expect_failures = [var.peer]
}
