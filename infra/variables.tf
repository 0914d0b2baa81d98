# The inputs of the root module. They do not repeat the defaults of the other modules' inputs.
# The exception is the default of architecture, which several modules share.
# `make deploy` makes a file of inputs from the Makefile's variables; docs/deploy.md shows the inputs and the variables.

variable "name" {
  description = "Prefix of every created name. With different prefixes and states, several deployments can be in one account."
  type        = string
  default     = "longrun"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,18}[a-z0-9]$", var.name))
    error_message = "name must be 2 to 20 characters: lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen. Given: \"${var.name}\"."
  }
}

variable "region" {
  description = "AWS Region in which everything is created."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be the name of an AWS Region such as eu-central-1. Given: \"${var.region}\"."
  }

  validation {
    condition     = !can(regex("^(cn|us-gov|us-iso[a-z]?|eu-isoe)-", var.region))
    error_message = "region must lie in the partition aws; China, GovCloud and the isolated partitions were never tried. Given: \"${var.region}\"."
  }
}

variable "local" {
  description = "Null deploys to AWS. Otherwise it has the addresses of the local engine (Lambda, Logs) and of moto's server (everything else). `make deploy TARGET=local` sets it."
  type = object({
    engine   = string
    services = string
  })
  default = null

  validation {
    condition = var.local == null ? true : alltrue([
      for url in values(var.local) : can(regex("^http://(127\\.0\\.0\\.1|localhost|\\[::1\\]):[0-9]{1,5}$", url))
    ])
    error_message = "local.engine and local.services must be http://127.0.0.1:PORT, because both accept requests from everybody who can reach them. Given: ${var.local == null ? "null" : jsonencode(var.local)}."
  }
}

variable "functions" {
  description = "The functions under test by label. package_file is a deployment package, which must exist, because Terraform builds nothing. lease gives the function its own entry in the lease table."
  type = map(object({
    package_file         = string
    handler              = optional(string)
    runtime              = optional(string)
    memory_mb            = optional(number)
    timeout_seconds      = optional(number)
    reserved_concurrency = optional(number)
    environment          = optional(map(string), {})
    lease                = optional(bool, false)
  }))
  nullable = false

  validation {
    condition     = length(var.functions) >= 1 && length(var.functions) <= 10
    error_message = "functions must have 1 to 10 members, each with a peer of its own. Given: ${length(var.functions)}."
  }

  validation {
    condition     = alltrue([for label in keys(var.functions) : can(regex("^[a-z][a-z0-9-]{0,28}[a-z0-9]$", label))])
    error_message = "The labels of functions must be 2 to 30 characters: lower-case letters, digits and hyphens, beginning with a letter. Given: ${join(", ", keys(var.functions))}."
  }

  # A function's names are NAME-LABEL. The runner, the endpoints and the managed peers (NAME-peer-LABEL) have names of the same form.
  validation {
    condition     = length([for label in keys(var.functions) : label if contains(["endpoints", "runner"], label) || startswith(label, "peer-")]) == 0
    error_message = "The labels of functions must not be `endpoints` or `runner` and must not begin with `peer-`, because other parts of the deployment have these names. Given: ${join(", ", keys(var.functions))}."
  }
}

variable "architecture" {
  description = "Processor of the functions and of the tasks: x86_64 or arm64. `make image` builds the images for it; a package with native code must be built for it too."
  type        = string
  default     = "x86_64"
  nullable    = false

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "architecture must be x86_64 or arm64. Given: \"${var.architecture}\"."
  }
}

variable "peer" {
  description = "The peer, which serves `capacity` connections at a time: `external` is an existing peer, `managed` is longrun's peer on Fargate, one service for each function. Exactly one of the two must be set."
  type = object({
    external = optional(object({
      host           = string
      port           = number
      protocol       = optional(string)
      request_base64 = optional(string)
      expect_base64  = optional(string)
      cidr           = optional(string)
      capacity       = optional(number)
    }))
    managed = optional(object({
      image     = string
      port      = optional(number)
      admission = optional(string)
      capacity  = optional(number)
      cpu       = optional(number)
      memory_mb = optional(number)
    }))
  })
  nullable = false

  validation {
    condition     = (var.peer.external == null) != (var.peer.managed == null)
    error_message = "peer must have exactly one of the members `external` and `managed`. Given: ${var.peer.external == null ? "neither" : "both"}."
  }
}

variable "network" {
  description = "With null, the functions run outside of any VPC, which is possible only with an external peer. `create` is a new VPC with private subnets. `existing` has the ids of your own VPC. If the value is not null, exactly one of the two must be set."
  type = object({
    create = optional(object({
      cidr                    = optional(string)
      availability_zone_count = optional(number)
      exclude_zone_ids        = optional(set(string))
      nat                     = optional(bool, false)
    }))
    existing = optional(object({
      vpc_id     = string
      subnet_ids = list(string)
    }))
  })
  default = null

  validation {
    condition     = var.network == null ? true : (var.network.create == null) != (var.network.existing == null)
    error_message = "network must be null or have exactly one of the members `create` and `existing`. Given: ${var.network == null ? "null" : var.network.create == null ? "neither" : "both"}."
  }
}

variable "logs" {
  description = "How long every log group keeps its events, and the KMS key that encrypts them (with null, CloudWatch Logs uses its own key)."
  type = object({
    retention_days = optional(number)
    kms_key_arn    = optional(string)
  })
  default  = {}
  nullable = false
}

variable "alarms" {
  description = "Null creates no alarms. Otherwise there are alarms on each function's Errors and Throttles and on refused connections. `actions` has the ARNs of the SNS topics that are notified, and may be empty."
  type = object({
    actions = optional(list(string))
  })
  default = null
}

variable "runner" {
  description = "Null creates no runner. Otherwise there is a Fargate task that runs the soak in the account for `duration`, so that your laptop need not stay on. The results go to a bucket. `make runner` starts the task."
  type = object({
    image          = string
    duration       = optional(string)
    interval       = optional(string)
    cpu            = optional(number)
    memory_mb      = optional(number)
    retention_days = optional(number)
  })
  default = null
}

variable "tags" {
  description = "More tags of everything that is created."
  type        = map(string)
  default     = {}
  nullable    = false

  # The deployment sets both tags. The permissions of the workflows' roles depend on the tag Longrun.
  validation {
    condition     = length(setintersection(keys(var.tags), ["Longrun", "Project"])) == 0
    error_message = "tags must not have the keys `Longrun` and `Project`, because the deployment sets them. Given: ${join(", ", keys(var.tags))}."
  }
}

variable "image_repository" {
  description = "Whether to create an ECR repository for the longrun image that managed peers and the runner use."
  type        = bool
  default     = false
  nullable    = false
}

variable "github" {
  description = "Only for older deployments, which have the roles of infra/github in this state. New deployments leave it null. If it is set, there are two roles that workflows of one GitHub repository may assume by OIDC. One is a role to plan, which reads resources and writes only plans, beside the state. The other is a role to apply, which needs the approval of an environment. state_bucket and state_key say where the state is."
  type = object({
    repository            = string
    subject_prefix        = optional(string)
    environment           = optional(string)
    branch                = optional(string)
    existing_provider_arn = optional(string)
    state_bucket          = string
    state_key             = string
  })
  default = null
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of every role of the deployment: the output `boundary_arn` of infra/github. Without this boundary, the apply role can make no role. With null, the roles have no boundary."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of an IAM policy. Given: \"${var.permissions_boundary_arn == null ? "null" : var.permissions_boundary_arn}\"."
  }
}

variable "given" {
  description = "Names of the variables in VARS. `make deploy` sets this, and the output of the same name keeps it."
  type        = list(string)
  default     = []
  nullable    = false
}
