# Deploys your own function: its package, handler and variables, the bytes that its machine expects, and alarms.
provider "aws" {
  region = var.region
}

module "function" {
  source = "../../modules/function"

  name            = "line-control"
  package_file    = var.package_file
  handler         = "index.handler"
  runtime         = "nodejs22.x"
  architecture    = "arm64"
  memory_mb       = 512
  timeout_seconds = 30
  environment     = { STAGE = "test" }
  peer = {
    host           = "plc.example.com"
    port           = 502
    protocol       = "raw"
    request_base64 = "AAEAAAAGAQMAAAAB"
  }
  alarms         = { actions = var.alarm_topics }
  retention_days = 90
  tags           = { Team = "line-control" }
}
