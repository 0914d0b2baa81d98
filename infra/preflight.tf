# Checks everything that is known when the plan is made, so that a mistake does not leave an apply half done. `make deploy` compares the
# plan with the account's quota of concurrent executions (scripts/infra/refuse-full-account.ts): the provider has no data source for it.
resource "terraform_data" "preflight" {
  lifecycle {
    precondition {
      condition     = var.local == null || var.logs.kms_key_arn == null
      error_message = "logs.kms_key_arn can be used on AWS only: the local engine has no KMS and keeps the logs in local files. Leave it out with TARGET=local. Given: ${var.logs.kms_key_arn == null ? "null" : var.logs.kms_key_arn}."
    }

    precondition {
      condition     = var.peer.managed == null || var.network != null
      error_message = "A managed peer has a private address: network must be create or existing. Given: null."
    }

    precondition {
      condition     = var.github == null || var.permissions_boundary_arn == null
      error_message = "Give only one of github and permissions_boundary_arn: the roles for workflows are created either by infra/github, which has the boundary as an output, or, in older deployments, by `github`. Given: both."
    }

    precondition {
      condition     = var.runner == null || var.network != null
      error_message = "The runner is a task in a VPC: network must be create or existing. Given: null."
    }

    # The endpoints of a network without NAT reach ECR of this Region, and no other registry.
    precondition {
      condition     = !local.create_network || local.nat ? true : alltrue([for image in local.images : can(regex("^[0-9]{12}\\.dkr\\.ecr\\.${var.region}\\.amazonaws\\.com/", image))])
      error_message = "A task in a network without NAT can fetch its image only from a private ECR repository in ${var.region} (123456789012.dkr.ecr.${var.region}.amazonaws.com/longrun:1.0.0): push it there (`make image`), or set network.create.nat. Given: ${join(", ", local.images)}."
    }

    precondition {
      condition     = var.network == null || var.peer.external == null ? true : var.peer.external.cidr != null
      error_message = "In a VPC the function reaches its peer and nothing else: peer.external.cidr must be the address range of the machine, such as 10.1.2.3/32. Given: null."
    }

    precondition {
      condition     = !anytrue([for function in values(var.functions) : function.lease]) || try(var.network.existing, null) == null
      error_message = "A lease in a network of your own needs a DynamoDB gateway endpoint, whose prefix list is not known here: use network.create, or no lease."
    }
  }
}
