output "function_name" {
  description = "Name of the function, for `longrun soak --target aws --function NAME`."
  value       = module.function.name
}
