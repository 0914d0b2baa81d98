output "function_name" {
  description = "Name of the function, for `longrun soak --target aws --function NAME`."
  value       = module.function.name
}

output "log_group" {
  description = "Log group of the function, for `longrun analyze --log-group NAME`."
  value       = module.function.log_group
}
