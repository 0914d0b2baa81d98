output "plan_role_arn" {
  description = "ARN of the role for plans, for the repository's variable AWS_PLAN_ROLE_ARN."
  value       = module.github_oidc.plan_role_arn
}

output "apply_role_arn" {
  description = "ARN of the role for applies, for the repository's variable AWS_APPLY_ROLE_ARN."
  value       = module.github_oidc.apply_role_arn
}

output "boundary_arn" {
  description = "ARN of the permissions boundary, for `permissions_boundary_arn` in the deployment's VARS (LONGRUN_VARS)."
  value       = module.github_oidc.boundary_arn
}
