terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }

  # This state is separate from the deployment's, because the role that applies the deployment must not manage itself. A file
  # backend_override.tf can put this state into an S3 bucket.
  backend "local" {}
}
