# The roles for GitHub's workflows, as a separate root module with its own state. An administrator applies it once, before the first deployment by a
# workflow (docs/permissions.md#workflows).
provider "aws" {
  region = var.region

  default_tags {
    tags = merge(var.tags, {
      Project = "lambda-longrun"
      Longrun = var.name
    })
  }
}

module "github_oidc" {
  source = "../modules/github-oidc"

  name                  = var.name
  region                = var.region
  repository            = var.repository
  subject_prefix        = var.subject_prefix
  branch                = var.branch
  environment           = var.environment
  existing_provider_arn = var.existing_provider_arn
  state                 = var.state
}
