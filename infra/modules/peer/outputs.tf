output "addresses" {
  description = "For each function, the address and protocol of its peer."
  value = {
    for label in var.functions : label => var.external == null ? {
      host           = "${label}.${var.name}.internal"
      port           = var.managed == null ? 0 : var.managed.port
      protocol       = "longrun"
      request_base64 = null
      expect_base64  = null
      } : {
      host           = var.external.host
      port           = var.external.port
      protocol       = var.external.protocol
      request_base64 = var.external.request_base64
      expect_base64  = var.external.expect_base64
    }
  }
}

output "log_groups" {
  description = "For each function, the log group of its managed peer. Empty for an external peer, whose log belongs to its owner."
  value       = { for label, group in aws_cloudwatch_log_group.this : label => group.name }
}

output "security_group_ids" {
  description = "For each function, the security group of its managed peer."
  value       = { for label, group in aws_security_group.this : label => group.id }
}
