# One provider for both targets. For the local target, the engine provides Lambda and Logs, and moto everything else. Requests to a service
# that is missing in this list would go to AWS. moto's own Lambda cannot be used, because it runs no code.
provider "aws" {
  region = var.region

  # With the local target, the provider must not check the credentials or look for some in the machine's metadata service. It gets the
  # account's id from moto. scripts/infra/without-account.ts also replaces the credentials.
  skip_credentials_validation = var.local != null
  skip_metadata_api_check     = var.local != null
  skip_requesting_account_id  = false
  s3_use_path_style           = var.local != null
  max_retries                 = var.local == null ? 25 : 2

  dynamic "endpoints" {
    for_each = var.local == null ? [] : [var.local]

    content {
      lambda = endpoints.value.engine
      logs   = endpoints.value.engine

      cloudwatch       = endpoints.value.services
      dynamodb         = endpoints.value.services
      ec2              = endpoints.value.services
      ecr              = endpoints.value.services
      ecs              = endpoints.value.services
      iam              = endpoints.value.services
      kms              = endpoints.value.services
      route53          = endpoints.value.services
      s3               = endpoints.value.services
      s3control        = endpoints.value.services
      servicediscovery = endpoints.value.services
      sts              = endpoints.value.services
    }
  }

  default_tags {
    tags = merge(var.tags, {
      Project = "lambda-longrun"
      Longrun = var.name
    })
  }
}
