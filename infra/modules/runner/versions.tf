# A plan with provider 6.22 to 6.39 always wants to change the bucket's encryption: S3 blocks SSE-C by itself, and these versions take that
# for a difference (docs/aws/terraform.md#provider-majors). A constraint cannot name a range in the middle, so it names each version.
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, != 6.22.0, != 6.22.1, != 6.23.0, != 6.23.1, != 6.24.0, != 6.24.1, != 6.25.0, != 6.25.1, != 6.26.0, != 6.26.1, != 6.27.0, != 6.27.1, != 6.28.0, != 6.28.1, != 6.29.0, != 6.29.1, != 6.30.0, != 6.30.1, != 6.31.0, != 6.31.1, != 6.32.0, != 6.32.1, != 6.33.0, != 6.33.1, != 6.34.0, != 6.34.1, != 6.35.0, != 6.35.1, != 6.36.0, != 6.36.1, != 6.37.0, != 6.37.1, != 6.38.0, != 6.38.1, != 6.39.0, != 6.39.1"
    }
  }
}
