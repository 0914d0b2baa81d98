# The required versions. Only a root module has an upper bound, because a module must not prevent its users from using a newer provider. Tests ran with
# provider 5.100 (docs/verified.md). This configuration uses only arguments that version 6 of the provider has too.
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }

  # scripts/infra/workspace.ts decides where the state is kept: in a local file, or in S3 through a file backend_override.tf, which Git
  # ignores.
  backend "local" {}
}
