# One function outside of any VPC. Its peer is your own machine, which serves one connection.
provider "aws" {
  region = var.region
}

module "function" {
  source = "../../modules/function"

  name         = "longrun-minimal"
  package_file = var.package_file
  peer         = { host = "plc.example.com", port = 502, protocol = "raw" }
}
