# Values derived from the inputs: which endpoints for AWS services the network needs, and the ids of the network, in the same form for a
# created and for an existing network.
locals {
  create_network = var.network == null ? false : var.network.create != null
  nat            = local.create_network ? var.network.create.nat : false
  leases         = anytrue([for function in values(var.functions) : function.lease])
  images         = compact([try(var.peer.managed.image, ""), try(var.runner.image, "")])
  tasks          = length(local.images) > 0

  interface_endpoints = toset(concat(
    local.tasks ? ["ecr.api", "ecr.dkr", "logs"] : [],
    var.runner == null ? [] : ["lambda", "monitoring"],
  ))
  gateway_endpoints = toset(concat(local.tasks ? ["s3"] : [], local.leases ? ["dynamodb"] : []))

  network = var.network == null ? null : local.create_network ? {
    vpc_id         = module.network[0].vpc_id
    subnet_ids     = module.network[0].subnet_ids
    https_cidr     = module.network[0].https_cidr
    s3_prefix_list = local.tasks ? { id = module.network[0].prefix_list_ids["s3"] } : null
    dynamodb       = local.leases ? { prefix_list_id = module.network[0].prefix_list_ids["dynamodb"] } : null
    } : {
    vpc_id         = var.network.existing.vpc_id
    subnet_ids     = var.network.existing.subnet_ids
    https_cidr     = "0.0.0.0/0"
    s3_prefix_list = null
    dynamodb       = null
  }

  boundary_arn = var.github == null ? var.permissions_boundary_arn : module.github_oidc[0].boundary_arn
}
