variable "name" {
  description = "Prefix of every created name. The apply role may change only resources that have this prefix or the deployment's tag."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,18}[a-z0-9]$", var.name))
    error_message = "name must be 2 to 20 characters: lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, because the permissions are limited to names with this prefix. Given: \"${var.name}\"."
  }
}

variable "region" {
  description = "The Region in which the roles may act."
  type        = string
  nullable    = false
}

variable "repository" {
  description = "OWNER/NAME of the repository whose workflows may assume the roles."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$", var.repository))
    error_message = "repository must be OWNER/NAME without wildcards, because every match may assume the roles. Given: \"${var.repository}\"."
  }
}

variable "subject_prefix" {
  description = "How the subject of this repository's tokens begins. With null, it is repo:OWNER/NAME. Repositories that were created, renamed or transferred since July 2026 have repo:OWNER@ID/NAME@ID; `gh api repos/OWNER/NAME/actions/oidc/customization/sub --jq .sub_claim_prefix` prints the prefix."
  type        = string
  default     = null

  # The names must be those of `repository`, so that a mistake cannot admit another repository.
  validation {
    condition = var.subject_prefix == null ? true : (
      can(regex("^repo:[A-Za-z0-9-]+(@[0-9]+)?/[A-Za-z0-9._-]+(@[0-9]+)?$", var.subject_prefix))
      && lower(replace(var.subject_prefix, "/@[0-9]+/", "")) == lower("repo:${var.repository}")
      && length(regexall("@", var.subject_prefix)) != 1
    )
    error_message = "subject_prefix must be repo:OWNER@ID/NAME@ID with the owner and the name of ${var.repository}, without wildcards. Given: \"${var.subject_prefix == null ? "null" : var.subject_prefix}\"."
  }
}

variable "branch" {
  description = "The branch whose pushes may plan. Pull requests may plan too."
  type        = string
  default     = "main"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9._/-]+$", var.branch))
    error_message = "branch must be one branch's name without wildcards. Given: \"${var.branch}\"."
  }
}

variable "environment" {
  description = "The GitHub environment whose approval the apply role requires."
  type        = string
  default     = "aws"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9._-]+$", var.environment))
    error_message = "environment must be one environment's name without wildcards. Given: \"${var.environment}\"."
  }
}

variable "existing_provider_arn" {
  description = "ARN of the account's OIDC provider for GitHub, if there is one already (an account can have only one). With null, the provider is created."
  type        = string
  default     = null

  validation {
    condition     = var.existing_provider_arn == null ? true : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:oidc-provider/token\\.actions\\.githubusercontent\\.com$", var.existing_provider_arn))
    error_message = "existing_provider_arn must be the ARN of an oidc-provider/token.actions.githubusercontent.com. Given: \"${var.existing_provider_arn == null ? "null" : var.existing_provider_arn}\"."
  }
}

variable "state" {
  description = "Bucket and key of the S3 backend with the state, and the KMS key if the state is encrypted with one. The lock file has the same key, followed by .tflock."
  type = object({
    bucket      = string
    key         = string
    kms_key_arn = optional(string)
  })
  nullable = false
}

variable "tags" {
  description = "Tags of everything that the module makes."
  type        = map(string)
  default     = {}
  nullable    = false
}
