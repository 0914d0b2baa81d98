variable "name" {
  description = "Prefix of every name."
  type        = string
  nullable    = false
}

variable "region" {
  description = "Region of the functions and of the task's log."
  type        = string
  nullable    = false
}

variable "image" {
  description = "The longrun image."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9._:/-]*(:[A-Za-z0-9._-]+|@sha256:[0-9a-f]{64})$", var.image))
    error_message = "image must be a container image with a tag or a digest. Given: \"${var.image}\"."
  }
}

variable "architecture" {
  description = "Processor of the task, for which the image was built: x86_64 or arm64."
  type        = string
  default     = "x86_64"
  nullable    = false

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "architecture must be x86_64 or arm64. Given: \"${var.architecture}\"."
  }
}

variable "duration" {
  description = "How long the soak sends invocations, from 10m to 30d. Another duration can be given when the task is started."
  type        = string
  default     = "24h"
  nullable    = false

  validation {
    condition = can(regex("^[1-9][0-9]{0,5}[smhd]$", var.duration)) && try(
      tonumber(regex("^[0-9]+", var.duration)) * { s = 1, m = 60, h = 3600, d = 86400 }[regex("[smhd]$", var.duration)] >= 600 &&
    tonumber(regex("^[0-9]+", var.duration)) * { s = 1, m = 60, h = 3600, d = 86400 }[regex("[smhd]$", var.duration)] <= 2592000, false)
    error_message = "duration must be a whole number of s, m, h or d from 10m to 30d, such as 24h. Given: \"${var.duration}\"."
  }
}

variable "interval" {
  description = "Time between two invocations of a function, from 1s to 10m."
  type        = string
  default     = "60s"
  nullable    = false

  validation {
    condition = can(regex("^[1-9][0-9]{0,5}[sm]$", var.interval)) && try(
    tonumber(regex("^[0-9]+", var.interval)) * { s = 1, m = 60 }[regex("[sm]$", var.interval)] <= 600, false)
    error_message = "interval must be a whole number of s or m from 1s to 10m, such as 60s. Given: \"${var.interval}\"."
  }
}

variable "cpu" {
  description = "CPU units of the task."
  type        = number
  default     = 512
  nullable    = false

  validation {
    condition     = contains([256, 512, 1024, 2048], var.cpu)
    error_message = "cpu must be 256, 512, 1024 or 2048. Given: ${var.cpu}."
  }
}

variable "memory_mb" {
  description = "Memory of the task in MB."
  type        = number
  default     = 1024
  nullable    = false

  validation {
    condition     = var.memory_mb >= 512 && var.memory_mb <= 16384 && var.memory_mb % 512 == 0
    error_message = "memory_mb must be a multiple of 512 from 512 to 16384. Given: ${var.memory_mb}."
  }
}

variable "retention_days" {
  description = "After how many days results are removed from the bucket."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= 3650 && floor(var.retention_days) == var.retention_days
    error_message = "retention_days must be a whole number from 1 to 3650. Given: ${var.retention_days}."
  }
}

variable "log_retention_days" {
  description = "How long the task's own log is kept."
  type        = number
  default     = 30
  nullable    = false
}

variable "kms_key_arn" {
  description = "KMS key of log group and bucket. With null, the services use their own keys."
  type        = string
  default     = null
}

variable "functions" {
  description = "The functions by label: their names, their log groups, and the external machine to which they connect (HOST:PORT, or null for a managed peer)."
  type = map(object({
    name                = string
    arn                 = string
    log_group_arn       = string
    peer_log_group_name = optional(string)
    external_peer       = optional(string)
  }))
  nullable = false
}

variable "network" {
  description = "Network of the task, and the targets to which the task may send HTTPS, to reach AWS services."
  type = object({
    vpc_id         = string
    subnet_ids     = list(string)
    https_cidr     = string
    s3_prefix_list = optional(object({ id = string }))
  })
  nullable = false
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the task's roles. With null, the roles have no boundary."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of everything that the module makes."
  type        = map(string)
  default     = {}
  nullable    = false
}
