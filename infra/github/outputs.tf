output "plan_role_arn" {
  description = "For the repository's variable AWS_PLAN_ROLE_ARN."
  value       = module.github_oidc.plan_role_arn
}

output "apply_role_arn" {
  description = "For the repository's variable AWS_APPLY_ROLE_ARN."
  value       = module.github_oidc.apply_role_arn
}

output "boundary_arn" {
  description = "For `permissions_boundary_arn` in the deployment's VARS (LONGRUN_VARS)."
  value       = module.github_oidc.boundary_arn
}
