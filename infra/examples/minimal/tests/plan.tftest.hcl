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
}

run "can_be_planned" {
  command = plan

  assert {
    condition     = module.function.name == "longrun-minimal" && module.function.security_group_id == null
    error_message = "This example must create only one function without a VPC."
  }
}
