# Creates everything: a VPC without access to the internet, a repository for the images, two designs with a managed peer each, the lease
# table for one of them, and the runner. The first apply creates only the repository (-target=module.image). Push the images before the second.
provider "aws" {
  region = var.region
}

locals {
  name    = "longrun-complete"
  tags    = { Purpose = "soak" }
  network = { vpc_id = module.network.vpc_id, subnet_ids = module.network.subnet_ids }
  functions = {
    handler-connect = { lease = false }
    lease-connect   = { lease = true }
  }
}

module "network" {
  source = "../../modules/network"

  name                = local.name
  region              = var.region
  interface_endpoints = ["ecr.api", "ecr.dkr", "lambda", "logs", "monitoring"]
  gateway_endpoints   = ["dynamodb", "s3"]
  tags                = local.tags
}

module "image" {
  source = "../../modules/image"

  name = local.name
  tags = local.tags
}

module "lease" {
  source = "../../modules/lease"

  name = "${local.name}-leases"
  tags = local.tags
}

module "peer" {
  source = "../../modules/peer"

  name                      = local.name
  functions                 = keys(local.functions)
  client_security_group_ids = { for label, function in module.function : label => function.security_group_id }
  managed = {
    image          = var.image
    region         = var.region
    vpc_id         = module.network.vpc_id
    subnet_ids     = module.network.subnet_ids
    https_cidr     = module.network.https_cidr
    s3_prefix_list = { id = module.network.prefix_list_ids["s3"] }
  }
  tags = local.tags
}

module "function" {
  source   = "../../modules/function"
  for_each = local.functions

  name                   = "${local.name}-${each.key}"
  package_file           = "${var.package_folder}/${each.key}.zip"
  peer                   = module.peer.addresses[each.key]
  network                = merge(local.network, { dynamodb = each.value.lease ? { prefix_list_id = module.network.prefix_list_ids["dynamodb"] } : null })
  peer_security_group_id = module.peer.security_group_ids[each.key]
  lease                  = each.value.lease ? { table_name = module.lease.name, table_arn = module.lease.arn } : null
  alarms                 = {}
  tags                   = local.tags
}

module "runner" {
  source = "../../modules/runner"

  name   = local.name
  region = var.region
  image  = var.runner_image
  functions = { for label, function in module.function : label => {
    name                = function.name
    arn                 = function.arn
    log_group_arn       = function.log_group_arn
    peer_log_group_name = module.peer.log_groups[label]
  } }
  network = merge(local.network, {
    https_cidr     = module.network.https_cidr
    s3_prefix_list = { id = module.network.prefix_list_ids["s3"] }
  })
  tags = local.tags
}
