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
  package_file = "../../tests/package.zip"
  image        = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/longrun:peer-1"
  vpc_id       = "vpc-1"
  subnet_ids   = ["subnet-1", "subnet-2"]
}

run "can_be_planned" {
  command = plan

  assert {
    condition     = output.peer_log_group == "/longrun/longrun-vpc/peer/demo"
    error_message = "The peer must have its own log, because it is evidence."
  }
}
