output "function_name" {
  description = "For `longrun soak --target aws --function NAME`."
  value       = module.function.name
}
