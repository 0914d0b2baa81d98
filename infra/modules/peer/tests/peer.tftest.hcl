# Tests what every run depends on: there is one peer, it accepts one connection, and only its function can reach it.
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
    defaults = { arn = "arn:aws:iam::123456789012:role/longrun-peer-start" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:peer" }
  }
  mock_resource "aws_service_discovery_service" {
    defaults = { arn = "arn:aws:servicediscovery:eu-central-1:123456789012:service/srv-1" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-central-1:123456789012:task-definition/longrun-peer:1" }
  }
}

variables {
  name      = "longrun"
  functions = ["init-connect", "handler-connect"]
  client_security_group_ids = {
    init-connect    = "sg-init"
    handler-connect = "sg-handler"
  }
  managed = {
    image          = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/longrun:1.0.0"
    region         = "eu-central-1"
    vpc_id         = "vpc-1"
    subnet_ids     = ["subnet-1", "subnet-2"]
    https_cidr     = "10.83.0.0/24"
    s3_prefix_list = { id = "pl-s3" }
  }
}

run "managed_promises" {
  assert {
    condition     = alltrue([for service in aws_ecs_service.this : service.desired_count == 1 && service.deployment_maximum_percent == 100 && service.deployment_minimum_healthy_percent == 0])
    error_message = "Two peers must never run at once, not even during a deployment: the old task ends (minimum 0 %) before the new one starts (maximum 100 %). A second peer would accept a second connection."
  }

  assert {
    condition     = alltrue([for service in aws_ecs_service.this : service.availability_zone_rebalancing == "DISABLED"])
    error_message = "Rebalancing must be off: it starts the new task before it ends the old one, so two peers would run at once."
  }

  assert {
    condition     = alltrue([for service in aws_ecs_service.this : service.deployment_circuit_breaker[0].enable && !service.deployment_circuit_breaker[0].rollback])
    error_message = "A peer that does not start must fail the apply: after a rollback the service is steady with the old peer, and the apply would look like a success."
  }

  assert {
    condition     = alltrue([for cluster in aws_ecs_cluster.this : one(cluster.setting).value == "disabled"])
    error_message = "Container Insights must be off, even if the account switches it on by default: its log groups survive a destroy."
  }

  assert {
    condition     = alltrue([for service in aws_ecs_service.this : length(service.load_balancer) == 0])
    error_message = "There must be no load balancer: its health check would be the one client that the peer serves."
  }

  assert {
    condition = alltrue([for definition in aws_ecs_task_definition.this : (
      !strcontains(jsonencode(jsondecode(definition.container_definitions)[0].healthCheck.command), "7000")
      && !strcontains(jsonencode(jsondecode(definition.container_definitions)[0].healthCheck.command), "connect")
      && !strcontains(jsonencode(jsondecode(definition.container_definitions)[0].healthCheck.command), "http")
    )])
    error_message = "The health check must not connect to the port, because it would take the only connection."
  }

  assert {
    condition     = alltrue([for definition in aws_ecs_task_definition.this : jsondecode(definition.container_definitions)[0].command == ["peer", "--host", "0.0.0.0", "--port", "7000", "--admission", "refuse", "--capacity", "1", "--json"]])
    error_message = "The task must run `longrun peer` with its log as JSON, which is the evidence."
  }

  assert {
    condition     = alltrue([for definition in aws_ecs_task_definition.this : jsondecode(definition.container_definitions)[0].readonlyRootFilesystem && jsondecode(definition.container_definitions)[0].user == "1000"])
    error_message = "The peer needs neither root nor a disk."
  }

  assert {
    condition     = length(aws_ecs_service.this) == 2 && toset(keys(aws_cloudwatch_log_group.this)) == toset(["init-connect", "handler-connect"])
    error_message = "Each function must have a peer and a peer log of its own: two functions with the same peer would harm each other."
  }

  assert {
    condition     = alltrue([for label, rule in aws_vpc_security_group_ingress_rule.function : rule.referenced_security_group_id == var.client_security_group_ids[label] && rule.from_port == 7000 && rule.to_port == 7000])
    error_message = "A peer must admit only its own function."
  }

  assert {
    condition     = alltrue([for service in aws_ecs_service.this : service.network_configuration[0].assign_public_ip == false])
    error_message = "The peer must have no public address."
  }

  assert {
    condition     = output.addresses["init-connect"].host == "init-connect.longrun.internal" && output.addresses["init-connect"].port == 7000 && output.addresses["init-connect"].protocol == "longrun"
    error_message = "The function must get a name that does not change with the peer's task."
  }

  assert {
    condition     = output.log_groups["handler-connect"] == "/longrun/longrun/peer/handler-connect"
    error_message = "The harness reads the peer's log by this name."
  }
}

run "can_be_destroyed" {
  command = plan

  assert {
    condition     = alltrue([for service in aws_service_discovery_service.this : service.force_destroy])
    error_message = "A destroy must not fail because Cloud Map still has the address of a task that has just ended."
  }
}

run "runs_on_arm" {
  command = plan

  variables {
    managed = {
      image        = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/longrun:1.0.0"
      architecture = "arm64"
      region       = "eu-central-1"
      vpc_id       = "vpc-1"
      subnet_ids   = ["subnet-1"]
      https_cidr   = "10.83.0.0/24"
    }
  }

  assert {
    condition     = alltrue([for definition in aws_ecs_task_definition.this : definition.runtime_platform[0].cpu_architecture == "ARM64"])
    error_message = "The task must run on the processor for which its image was built."
  }
}

run "external_makes_nothing" {
  variables {
    managed   = null
    functions = ["demo"]
    external  = { host = "plc.example.com", port = 502, request_base64 = "AAE=" }
  }

  assert {
    condition     = length(aws_ecs_cluster.this) + length(aws_ecs_service.this) + length(aws_security_group.this) + length(aws_iam_role.execution) + length(aws_cloudwatch_log_group.this) == 0
    error_message = "With an external peer nothing must be created."
  }

  assert {
    condition     = jsonencode(output.addresses) == jsonencode({ demo = { expect_base64 = null, host = "plc.example.com", port = 502, protocol = "raw", request_base64 = "AAE=" } })
    error_message = "The default protocol of an external peer must be raw, because a user's device does not use longrun's protocol."
  }

  assert {
    condition     = length(output.log_groups) == 0
    error_message = "The log of an external peer belongs to its owner."
  }
}

run "refuses_two_functions_at_an_external_peer" {
  command = plan

  variables {
    managed  = null
    external = { host = "plc.example.com", port = 502 }
  }

  expect_failures = [terraform_data.shape]
}

run "refuses_both_shapes" {
  command = plan

  variables {
    functions = ["init-connect"]
    external  = { host = "plc.example.com", port = 502 }
  }

  expect_failures = [terraform_data.shape]
}

run "refuses_neither_shape" {
  command = plan

  variables {
    managed = null
  }

  expect_failures = [terraform_data.shape]
}

run "refuses_external_values" {
  command = plan

  variables {
    managed   = null
    functions = ["demo"]
    external  = { host = "tcp://plc:502", port = 70000, protocol = "modbus" }
  }

  expect_failures = [var.external]
}

run "refuses_an_image_without_version" {
  command = plan

  variables {
    managed = {
      image      = "longrun"
      region     = "eu-central-1"
      vpc_id     = "vpc-1"
      subnet_ids = ["subnet-1"]
      https_cidr = "10.83.0.0/24"
    }
  }

  expect_failures = [var.managed]
}

run "refuses_a_port_that_needs_root" {
  command = plan

  variables {
    managed = {
      image      = "longrun:1"
      port       = 502
      admission  = "queue"
      region     = "eu-central-1"
      vpc_id     = "vpc-1"
      subnet_ids = ["subnet-1"]
      https_cidr = "10.83.0.0/24"
    }
  }

  expect_failures = [var.managed]
}
