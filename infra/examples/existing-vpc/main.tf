# A function and its managed peer in private subnets of your own VPC. The subnets must reach ECR, S3 and CloudWatch Logs.
provider "aws" {
  region = var.region
}

module "peer" {
  source = "../../modules/peer"

  name                      = "longrun-vpc"
  functions                 = ["demo"]
  client_security_group_ids = { demo = module.function.security_group_id }
  managed = {
    image      = var.image
    region     = var.region
    vpc_id     = var.vpc_id
    subnet_ids = var.subnet_ids
    https_cidr = "0.0.0.0/0"
  }
}

module "function" {
  source = "../../modules/function"

  name                   = "longrun-vpc-demo"
  package_file           = var.package_file
  peer                   = module.peer.addresses["demo"]
  network                = { vpc_id = var.vpc_id, subnet_ids = var.subnet_ids }
  peer_security_group_id = module.peer.security_group_ids["demo"]
}
