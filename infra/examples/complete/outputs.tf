output "functions" {
  description = "The functions by label, with the logs of their peers."
  value       = { for label, function in module.function : label => { name = function.name, peer_log_group = module.peer.log_groups[label] } }
}

output "runner" {
  description = "The values that are needed to start the soak's task, and the bucket for its results."
  value       = module.runner
}

output "repository_url" {
  description = "Where to push the images."
  value       = module.image.repository_url
}
