# What this needs. Provider 5.100 is what was really run (docs/verified.md); only arguments that major 6 has too are used.
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }

  # The Makefile says where the state lies: a local file, or S3 through an ignored backend_override.tf.
  backend "local" {}
}
