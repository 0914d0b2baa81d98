output "cluster" {
  description = "Cluster in which the task is run."
  value       = aws_ecs_cluster.this.name
}

output "task_definition" {
  description = "The task definition, with its revision."
  value       = aws_ecs_task_definition.this.arn
}

output "subnet_ids" {
  description = "Ids of the subnets in which the task is run."
  value       = var.network.subnet_ids
}

output "security_group_id" {
  description = "The task's security group."
  value       = aws_security_group.this.id
}

output "bucket" {
  description = "Bucket of the results."
  value       = aws_s3_bucket.this.bucket
}

output "log_group" {
  description = "The task's own log."
  value       = aws_cloudwatch_log_group.this.name
}

output "command" {
  description = "The command of the task. A task can be started with another duration."
  value       = local.command
}
