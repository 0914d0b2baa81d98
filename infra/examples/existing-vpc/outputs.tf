output "function_name" {
  description = "Name of the function, for `longrun soak --target aws --function NAME`."
  value       = module.function.name
}

output "peer_log_group" {
  description = "Log group of the peer, for `longrun soak --peer-log-group NAME`."
  value       = module.peer.log_groups["demo"]
}
