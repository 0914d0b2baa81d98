# Tests that the root passes its inputs to the module and has the outputs that the workflows and the deployment need.
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
  mock_resource "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
  }
  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::123456789012:policy/longrun-boundary" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/longrun-github" }
  }
}

variables {
  region         = "eu-central-1"
  repository     = "acme/line-control"
  subject_prefix = "repo:acme@5544123/line-control@821093847"
  state          = { bucket = "acme-state", key = "longrun/terraform.tfstate" }
}

run "makes_the_roles" {
  assert {
    condition     = output.boundary_arn == "arn:aws:iam::123456789012:policy/longrun-boundary" && output.plan_role_arn != null && output.apply_role_arn != null
    error_message = "The outputs must have the boundary for the deployment and both roles for the workflows."
  }
}
