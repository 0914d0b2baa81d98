variable "name" {
  description = "Prefix of every name."
  type        = string
  nullable    = false
}

variable "external" {
  description = "An existing machine: its address and protocol. It can be used with one function only, because several functions would compete for its places."
  type = object({
    host           = string
    port           = number
    protocol       = optional(string, "raw")
    request_base64 = optional(string)
    expect_base64  = optional(string)
  })
  default = null

  validation {
    condition     = var.external == null ? true : can(regex("^[^\\s:/]+$|^[0-9a-fA-F:]+$", var.external.host))
    error_message = "external.host must be a host name or an address without scheme and port. Given: \"${var.external == null ? "null" : var.external.host}\"."
  }

  validation {
    condition     = var.external == null ? true : var.external.port >= 1 && var.external.port <= 65535 && floor(var.external.port) == var.external.port
    error_message = "external.port must be a whole number from 1 to 65535. Given: ${var.external == null ? "null" : var.external.port}."
  }

  validation {
    condition     = var.external == null ? true : contains(["longrun", "raw", "bytes"], var.external.protocol)
    error_message = "external.protocol must be raw (a machine of yours; bytes is its older name) or longrun (`longrun peer`). Given: \"${var.external == null ? "null" : var.external.protocol}\"."
  }

  validation {
    condition     = var.external == null ? true : var.external.protocol != "longrun" || (var.external.request_base64 == null && var.external.expect_base64 == null)
    error_message = "external.request_base64 and external.expect_base64 can be used with protocol raw only. Given: protocol \"${var.external == null ? "null" : var.external.protocol}\"."
  }
}

variable "managed" {
  description = "Our server on Fargate, one service for each function: image, port, how many connections it serves and how it treats further ones, size, and network."
  type = object({
    image          = string
    port           = optional(number, 7000)
    admission      = optional(string, "refuse")
    capacity       = optional(number, 1)
    cpu            = optional(number, 256)
    memory_mb      = optional(number, 512)
    architecture   = optional(string, "x86_64")
    region         = string
    vpc_id         = string
    subnet_ids     = list(string)
    https_cidr     = string
    s3_prefix_list = optional(object({ id = string }))
  })
  default = null

  validation {
    condition     = var.managed == null ? true : can(regex("^[a-z0-9][a-z0-9._:/-]*(:[A-Za-z0-9._-]+|@sha256:[0-9a-f]{64})$", var.managed.image))
    error_message = "managed.image must be a container image with a tag or a digest. Given: \"${var.managed == null ? "null" : var.managed.image}\"."
  }

  validation {
    condition     = var.managed == null ? true : var.managed.port >= 1024 && var.managed.port <= 65535 && floor(var.managed.port) == var.managed.port
    error_message = "managed.port must be a whole number from 1024 (the server is not root) to 65535. Given: ${var.managed == null ? "null" : var.managed.port}."
  }

  validation {
    condition     = var.managed == null ? true : contains(["x86_64", "arm64"], var.managed.architecture)
    error_message = "managed.architecture must be x86_64 or arm64. Given: \"${var.managed == null ? "null" : var.managed.architecture}\"."
  }

  validation {
    condition     = var.managed == null ? true : contains(["refuse", "backlog", "evict"], var.managed.admission)
    error_message = "managed.admission must be refuse, backlog or evict. Given: \"${var.managed == null ? "null" : var.managed.admission}\"."
  }

  validation {
    condition     = var.managed == null ? true : var.managed.capacity >= 1 && var.managed.capacity <= 1000 && floor(var.managed.capacity) == var.managed.capacity
    error_message = "managed.capacity must be a whole number from 1 to 1000. Given: ${var.managed == null ? "null" : var.managed.capacity}."
  }

  validation {
    condition     = var.managed == null ? true : contains([256, 512, 1024], var.managed.cpu) && var.managed.memory_mb >= 2 * var.managed.cpu && var.managed.memory_mb <= 8 * var.managed.cpu
    error_message = "managed.cpu must be 256, 512 or 1024, and managed.memory_mb 2 to 8 times that. Given: cpu ${var.managed == null ? "null" : var.managed.cpu}, memory ${var.managed == null ? "null" : var.managed.memory_mb}."
  }
}

variable "functions" {
  description = "Labels of the functions. Each gets its own managed peer."
  type        = set(string)
  nullable    = false
}

variable "client_security_group_ids" {
  description = "For each function, the security group that its managed peer admits."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "retention_days" {
  description = "How long the peers' logs are kept, in days. They show who held the connection, and when."
  type        = number
  default     = 30
  nullable    = false
}

variable "kms_key_arn" {
  description = "KMS key of the log groups. With null, CloudWatch Logs uses its own key."
  type        = string
  default     = null
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the role that starts the tasks. With null, the role has no boundary."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of everything that the module makes."
  type        = map(string)
  default     = {}
  nullable    = false
}
