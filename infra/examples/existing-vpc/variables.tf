variable "region" {
  description = "AWS Region."
  type        = string
  default     = "eu-central-1"
}

variable "image" {
  description = "The peer's image, in an ECR repository of this Region (`make image`)."
  type        = string
}

variable "package_file" {
  description = "A deployment package that was built before (`make build`)."
  type        = string
}

variable "vpc_id" {
  description = "Id of your VPC."
  type        = string
}

variable "subnet_ids" {
  description = "Ids of private subnets in your VPC."
  type        = list(string)
}
