output "function_name" {
  description = "For `longrun soak --target aws --function NAME`."
  value       = module.function.name
}

output "peer_log_group" {
  description = "For `longrun soak --peer-log-group NAME`."
  value       = module.peer.log_groups["demo"]
}
