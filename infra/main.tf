# The composition: which modules there are and what they pass to each other. Everything else is in the modules.
module "network" {
  source = "./modules/network"
  count  = local.create_network ? 1 : 0

  name                    = var.name
  region                  = var.region
  cidr                    = var.network.create.cidr
  availability_zone_count = var.network.create.availability_zone_count
  exclude_zone_ids        = var.network.create.exclude_zone_ids
  nat                     = var.network.create.nat
  interface_endpoints     = local.interface_endpoints
  gateway_endpoints       = local.gateway_endpoints
}

module "lease" {
  source = "./modules/lease"
  count  = local.leases ? 1 : 0

  name = "${var.name}-leases"
}

module "image" {
  source = "./modules/image"
  count  = var.image_repository ? 1 : 0

  name = var.name
}

module "peer" {
  source = "./modules/peer"

  name = var.name
  external = var.peer.external == null ? null : {
    host           = var.peer.external.host
    port           = var.peer.external.port
    protocol       = var.peer.external.protocol
    request_base64 = var.peer.external.request_base64
    expect_base64  = var.peer.external.expect_base64
  }
  # Without a network, preflight.tf refuses the plan. The values below for `local.network == null` prevent further errors that would hide
  # that reason.
  managed = var.peer.managed == null ? null : {
    image          = var.peer.managed.image
    port           = var.peer.managed.port
    admission      = var.peer.managed.admission
    capacity       = var.peer.managed.capacity
    cpu            = var.peer.managed.cpu
    memory_mb      = var.peer.managed.memory_mb
    architecture   = var.architecture
    region         = var.region
    vpc_id         = local.network == null ? "" : local.network.vpc_id
    subnet_ids     = local.network == null ? [] : local.network.subnet_ids
    https_cidr     = local.network == null ? "0.0.0.0/0" : local.network.https_cidr
    s3_prefix_list = local.network == null ? null : local.network.s3_prefix_list
  }
  functions                 = toset(keys(var.functions))
  client_security_group_ids = { for label, function in module.function : label => function.security_group_id }
  retention_days            = var.logs.retention_days
  kms_key_arn               = var.logs.kms_key_arn
  permissions_boundary_arn  = local.boundary_arn
}

module "function" {
  source   = "./modules/function"
  for_each = var.functions

  name                 = "${var.name}-${each.key}"
  package_file         = each.value.package_file
  handler              = each.value.handler
  runtime              = each.value.runtime
  architecture         = var.architecture
  memory_mb            = each.value.memory_mb
  timeout_seconds      = each.value.timeout_seconds
  peer_capacity        = var.peer.managed == null ? try(var.peer.external.capacity, null) : var.peer.managed.capacity
  reserved_concurrency = each.value.reserved_concurrency
  environment          = merge(each.value.environment, each.value.lease && var.local != null ? { AWS_ENDPOINT_URL_DYNAMODB = var.local.services } : {})
  peer                 = module.peer.addresses[each.key]
  network = local.network == null ? null : {
    vpc_id     = local.network.vpc_id
    subnet_ids = local.network.subnet_ids
    # If the address range of an external peer is missing, preflight.tf refuses the plan. The range 192.0.2.0/32, which has no machine,
    # prevents further errors that would hide that reason.
    peer_cidr = var.peer.external == null ? null : coalesce(var.peer.external.cidr, "192.0.2.0/32")
    dynamodb  = each.value.lease ? local.network.dynamodb : null
  }
  peer_security_group_id = lookup(module.peer.security_group_ids, each.key, null)
  lease = each.value.lease ? {
    table_name = module.lease[0].name
    table_arn  = module.lease[0].arn
  } : null
  retention_days           = var.logs.retention_days
  kms_key_arn              = var.logs.kms_key_arn
  alarms                   = var.alarms
  permissions_boundary_arn = local.boundary_arn
}

module "runner" {
  source = "./modules/runner"
  count  = var.runner == null ? 0 : local.network == null ? 0 : 1

  name               = var.name
  region             = var.region
  image              = var.runner.image
  architecture       = var.architecture
  duration           = var.runner.duration
  interval           = var.runner.interval
  cpu                = var.runner.cpu
  memory_mb          = var.runner.memory_mb
  retention_days     = var.runner.retention_days
  log_retention_days = var.logs.retention_days
  kms_key_arn        = var.logs.kms_key_arn
  functions = { for label, function in module.function : label => {
    name                = function.name
    arn                 = function.arn
    log_group_arn       = function.log_group_arn
    peer_log_group_name = lookup(module.peer.log_groups, label, null)
    external_peer       = var.peer.external == null ? null : "${module.peer.addresses[label].host}:${module.peer.addresses[label].port}"
  } }
  network = {
    vpc_id         = local.network.vpc_id
    subnet_ids     = local.network.subnet_ids
    https_cidr     = local.network.https_cidr
    s3_prefix_list = local.network.s3_prefix_list
  }
  permissions_boundary_arn = local.boundary_arn
}

module "github_oidc" {
  source = "./modules/github-oidc"
  count  = var.github == null ? 0 : 1

  name                  = var.name
  region                = var.region
  repository            = var.github.repository
  subject_prefix        = var.github.subject_prefix
  branch                = var.github.branch
  environment           = var.github.environment
  existing_provider_arn = var.github.existing_provider_arn
  state = {
    bucket = var.github.state_bucket
    key    = var.github.state_key
  }
}
