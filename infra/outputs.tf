# The outputs that the harness and the workflows read. A test compares this list with infra/README.md.
output "region" {
  description = "Region of the functions."
  value       = var.region
}

output "architecture" {
  description = "Processor of the functions and tasks. `make image` builds the images for it."
  value       = var.architecture
}

output "endpoint" {
  description = "Address of the local engine. Null on AWS."
  value       = var.local == null ? null : var.local.engine
}

output "given" {
  description = "Names of the variables in VARS. A later plan with fewer of them is refused (docs/deploy.md)."
  value       = sort(var.given)
}

output "functions" {
  description = "The functions by label: the function's name, its log group, its peer, and the log group of a managed peer (null for an external peer, whose log belongs to its owner)."
  value = { for label, function in module.function : label => {
    name           = function.name
    arn            = function.arn
    log_group      = function.log_group
    peer           = "${module.peer.addresses[label].host}:${module.peer.addresses[label].port}"
    peer_protocol  = module.peer.addresses[label].protocol
    peer_log_group = lookup(module.peer.log_groups, label, null)
  } }
}

output "runner" {
  description = "The values that are needed to start the soak's task, and the bucket for its results. Null without a runner."
  value       = one(module.runner[*])
}

output "image_repository" {
  description = "Address of the repository for the longrun image. Null without an image repository."
  value       = one(module.image[*].repository_url)
}

output "github" {
  description = "Roles for the workflows. Null without `github`."
  value       = var.github == null ? null : { plan_role_arn = module.github_oidc[0].plan_role_arn, apply_role_arn = module.github_oidc[0].apply_role_arn }
}
