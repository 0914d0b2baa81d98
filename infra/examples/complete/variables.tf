variable "region" {
  description = "AWS Region."
  type        = string
  default     = "eu-central-1"
}

variable "image" {
  description = "The peer's image, in an ECR repository of this Region (`make image`)."
  type        = string
}

variable "runner_image" {
  description = "The runner's image, in the same repository."
  type        = string
}

variable "package_folder" {
  description = "The folder with the deployment packages (`make build`)."
  type        = string
}
