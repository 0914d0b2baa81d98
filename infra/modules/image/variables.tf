variable "name" {
  description = "Name of the repository."
  type        = string
  nullable    = false
}

variable "kms_key_arn" {
  description = "KMS key of the images; null: ECR's own."
  type        = string
  default     = null
}
