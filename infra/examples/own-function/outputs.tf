output "function_name" {
  description = "For `longrun soak --target aws --function NAME`."
  value       = module.function.name
}

output "log_group" {
  description = "For `longrun analyze --log-group NAME`."
  value       = module.function.log_group
}
