output "plan_role_arn" {
  description = "Role for workflows that plan."
  value       = aws_iam_role.plan.arn
}

output "apply_role_arn" {
  description = "Role for the workflow that applies, from its environment."
  value       = aws_iam_role.apply.arn
}

output "boundary_arn" {
  description = "Permissions boundary that every role of the deployment must have."
  value       = aws_iam_policy.boundary.arn
}
