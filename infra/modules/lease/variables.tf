variable "name" {
  description = "Name of the table."
  type        = string
  nullable    = false
}

variable "kms_key_arn" {
  description = "KMS key of the table. With null, DynamoDB uses its own key."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of everything that the module makes."
  type        = map(string)
  default     = {}
  nullable    = false
}
