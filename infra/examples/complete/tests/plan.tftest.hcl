# Tests that the example can be planned with the current modules.
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
}

variables {
  package_folder = "./tests"
  image          = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/longrun-complete:peer-1"
  runner_image   = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/longrun-complete:runner-1"
}

run "can_be_planned" {
  command = plan

  assert {
    condition     = output.functions["lease-connect"] == { name = "longrun-complete-lease-connect", peer_log_group = "/longrun/longrun-complete/peer/lease-connect" }
    error_message = "Each function must have a peer of its own."
  }
}
