variable "name" {
  description = "Name of the VPC, and prefix of the names of its resources."
  type        = string
  nullable    = false
}

variable "region" {
  description = "Region, for the names of endpoint services."
  type        = string
  nullable    = false
}

variable "cidr" {
  description = "IPv4 range of the VPC. Each subnet gets an eighth of it."
  type        = string
  default     = "10.83.0.0/24"
  nullable    = false

  validation {
    condition     = can(cidrhost(var.cidr, 0)) && can(regex("/(1[6-9]|2[0-4])$", var.cidr))
    error_message = "cidr must be an IPv4 range with a prefix of /16 to /24, such as 10.83.0.0/24. Given: \"${var.cidr}\"."
  }
}

variable "availability_zone_count" {
  description = "In how many availability zones there is a private subnet. Each interface endpoint is charged for each zone."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = contains([1, 2, 3, 4], var.availability_zone_count)
    error_message = "availability_zone_count must be a whole number from 1 to 4. Given: ${var.availability_zone_count}."
  }
}

# A zone's id is the same in every account, but its name is not. usw1-az2 and apne1-az3 run no Fargate (AWS, "Supported Regions for Amazon
# ECS on AWS Fargate", read 2026-11). use1-az3 is the oldest zone of us-east-1: Lambda takes no subnet there ("The provided subnets
# contain availability zone Lambda doesn't support"); AWS publishes no list for Lambda.
variable "exclude_zone_ids" {
  description = "Ids of availability zones that are not used, because Lambda or Fargate does not run there."
  type        = set(string)
  default     = ["apne1-az3", "use1-az3", "usw1-az2"]
  nullable    = false

  validation {
    condition     = alltrue([for id in var.exclude_zone_ids : can(regex("^[a-z]{2,4}[0-9]-az[0-9]$", id))])
    error_message = "exclude_zone_ids must be ids of availability zones, such as use1-az3, not names. Given: ${join(", ", var.exclude_zone_ids)}."
  }
}

variable "nat" {
  description = "Whether the private subnets reach the internet through a NAT gateway. It costs by the hour and makes interface endpoints unnecessary."
  type        = bool
  default     = false
  nullable    = false
}

variable "interface_endpoints" {
  description = "Services with an interface endpoint, by short name such as ecr.api. With a NAT gateway no interface endpoint is created."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "gateway_endpoints" {
  description = "Services with a gateway endpoint, which costs nothing: s3, dynamodb."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(setsubtract(var.gateway_endpoints, ["s3", "dynamodb"])) == 0
    error_message = "gateway_endpoints may contain only s3 and dynamodb. Given: ${join(", ", var.gateway_endpoints)}."
  }
}

variable "tags" {
  description = "Tags of everything that the module makes."
  type        = map(string)
  default     = {}
  nullable    = false
}
