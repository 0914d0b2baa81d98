variable "region" {
  description = "AWS Region."
  type        = string
  default     = "eu-central-1"
}

variable "package_file" {
  description = "Your deployment package."
  type        = string
}

variable "alarm_topics" {
  description = "ARNs of the SNS topics that are notified."
  type        = list(string)
  default     = []
}
