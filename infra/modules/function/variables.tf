variable "name" {
  description = "Name of the function, and prefix of the names of its resources."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9-_]{1,52}$", var.name))
    error_message = "name must be 1 to 52 letters, digits, hyphens and underscores (the role's name has a suffix and may be 64 characters long). Given: \"${var.name}\"."
  }
}

variable "package_file" {
  description = "The deployment package: a zip file that was built before. Required, because a default would point into a source tree."
  type        = string
  nullable    = false

  validation {
    condition     = endswith(var.package_file, ".zip")
    error_message = "package_file must be a .zip file. Given: \"${var.package_file}\"."
  }
}

variable "handler" {
  description = "The handler as FILE.EXPORT."
  type        = string
  default     = "handler.handler"
  nullable    = false

  validation {
    condition     = can(regex("^[^\\s.]+(\\.[^\\s.]+)+$", var.handler))
    error_message = "handler must be FILE.EXPORT, as in handler.handler. Given: \"${var.handler}\"."
  }
}

variable "runtime" {
  description = "The function's Node.js runtime. Only runtimes with which this module was tried are accepted. The AWS provider must know the runtime too (docs/aws/terraform.md#provider-majors)."
  type        = string
  default     = "nodejs22.x"
  nullable    = false

  validation {
    condition     = contains(["nodejs22.x", "nodejs24.x"], var.runtime)
    error_message = "runtime must be nodejs22.x or nodejs24.x; other runtimes were never tried, and nodejs20.x is past its end. Given: \"${var.runtime}\"."
  }
}

variable "architecture" {
  description = "Processor of the function: x86_64 or arm64. A package with native code must be built for it."
  type        = string
  default     = "x86_64"
  nullable    = false

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "architecture must be x86_64 or arm64. Given: \"${var.architecture}\"."
  }
}

variable "memory_mb" {
  description = "Memory in MB."
  type        = number
  default     = 256
  nullable    = false

  validation {
    condition     = var.memory_mb >= 128 && var.memory_mb <= 10240 && floor(var.memory_mb) == var.memory_mb
    error_message = "memory_mb must be a whole number from 128 to 10240. Given: ${var.memory_mb}."
  }
}

variable "timeout_seconds" {
  description = "The function's time-out in seconds. Connecting and the hello take at most 2 s of it. A time-out resets the environment."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.timeout_seconds >= 3 && var.timeout_seconds <= 900 && floor(var.timeout_seconds) == var.timeout_seconds
    error_message = "timeout_seconds must be a whole number from 3 (connect and hello alone may take 2) to 900. Given: ${var.timeout_seconds}."
  }
}

variable "peer_capacity" {
  description = "How many connections the peer serves at a time."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.peer_capacity >= 1 && var.peer_capacity <= 1000 && floor(var.peer_capacity) == var.peer_capacity
    error_message = "peer_capacity must be a whole number from 1 to 1000. Given: ${var.peer_capacity}."
  }
}

variable "reserved_concurrency" {
  description = "The highest number of invocations that run at the same time: from 1 to the number of the peer's places. 0 stops the function. It limits running invocations, not execution environments."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.reserved_concurrency >= 0 && var.reserved_concurrency <= var.peer_capacity && floor(var.reserved_concurrency) == var.reserved_concurrency
    error_message = "reserved_concurrency must be a whole number from 1 to the number of places of the peer (${var.peer_capacity}), or 0 to stop the function. More invocations at once would compete for the places in any case, whatever the platform does. Given: ${var.reserved_concurrency}."
  }
}

variable "environment" {
  description = "More environment variables, such as PEER_CONNECT_TIMEOUT_MS or LEASE_MS. This module itself sets the variables that its inputs peer and lease describe."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length([for key in keys(var.environment) : key if can(regex("^(PEER_(HOST|PORT|PROTOCOL|REQUEST_BASE64|EXPECT_BASE64)|LEASE_(TABLE|KEY)|AWS_.*)$", key)) && !startswith(key, "AWS_ENDPOINT_URL")]) == 0
    error_message = "environment must not set PEER_HOST, PEER_PORT, PEER_PROTOCOL, PEER_REQUEST_BASE64, PEER_EXPECT_BASE64, LEASE_TABLE, LEASE_KEY (this module sets them) or AWS_* (Lambda sets them, except AWS_ENDPOINT_URL*). Given: ${join(", ", keys(var.environment))}."
  }
}

variable "peer" {
  description = "Address and protocol of the peer. The protocol is longrun (our line protocol) or raw (send request_base64 if given, then wait for expect_base64 or the first byte)."
  type = object({
    host           = string
    port           = number
    protocol       = string
    request_base64 = optional(string)
    expect_base64  = optional(string)
  })
  nullable = false
}

variable "network" {
  description = "The subnets of the function's network interfaces, the range of an external peer, and the DynamoDB prefix list for a lease. With null, the function is outside of any VPC."
  type = object({
    vpc_id     = string
    subnet_ids = list(string)
    peer_cidr  = optional(string)
    dynamodb   = optional(object({ prefix_list_id = string }))
  })
  default = null

  validation {
    condition     = var.network == null ? true : length(var.network.subnet_ids) >= 1
    error_message = "network.subnet_ids must name at least one subnet. Given: none."
  }
}

variable "peer_security_group_id" {
  description = "Security group of a managed peer. The function can reach nothing else, except the lease table. Null for an external peer. It is a variable of its own and not a part of `network`, because the peer's group refers to the function's group."
  type        = string
  default     = null
}

variable "lease" {
  description = "The lease table, in which the function's name is the key. With null, the function has no lease."
  type = object({
    table_name = string
    table_arn  = string
  })
  default = null
}

variable "retention_days" {
  description = "How long the log group keeps its events."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.retention_days)
    error_message = "retention_days must be one of the periods that CloudWatch allows: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653. Given: ${var.retention_days}."
  }
}

variable "kms_key_arn" {
  description = "KMS key of the log group. With null, CloudWatch Logs uses its own key. If you give a key, its policy must allow logs.REGION.amazonaws.com to use it."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a KMS key (not of an alias). Given: \"${var.kms_key_arn == null ? "null" : var.kms_key_arn}\"."
  }
}

variable "alarms" {
  description = "The topics that the alarms notify. With null, there are no alarms and no metric filter."
  type = object({
    actions = optional(list(string), [])
  })
  default = null
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the function's role. With null, the role has no boundary."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of everything that the module makes."
  type        = map(string)
  default     = {}
  nullable    = false
}
