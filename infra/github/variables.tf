# The same inputs as modules/github-oidc, which checks the values and has the defaults. The default of `name` is only here: the
# module requires a name.

variable "name" {
  description = "Prefix of every created name. The apply role may change only resources that have this prefix or the deployment's tag."
  type        = string
  default     = "longrun"
  nullable    = false
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
}

variable "subject_prefix" {
  description = "How the subject of this repository's tokens begins. With null, it is repo:OWNER/NAME. Repositories that were created, renamed or transferred since July 2026 have repo:OWNER@ID/NAME@ID; `gh api repos/OWNER/NAME/actions/oidc/customization/sub --jq .sub_claim_prefix` prints the prefix."
  type        = string
  default     = null
}

variable "branch" {
  description = "The branch whose pushes may plan. Pull requests may plan too."
  type        = string
  default     = null
}

variable "environment" {
  description = "The GitHub environment whose approval the apply role requires."
  type        = string
  default     = null
}

variable "existing_provider_arn" {
  description = "ARN of the account's OIDC provider for GitHub, if there is one already (an account can have only one). With null, the provider is created."
  type        = string
  default     = null
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
