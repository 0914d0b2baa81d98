variable "region" {
  description = "AWS Region."
  type        = string
  default     = "eu-central-1"
}

variable "package_file" {
  description = "A deployment package that was built before (`make build`)."
  type        = string
}
