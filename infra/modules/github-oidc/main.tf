# Roles for the workflows of one repository, assumed by OIDC, so that no key is stored anywhere. `plan` reads, and writes only plans beside
# the state. It is for pull requests and the main branch (GitHub gives forks no token). `apply` changes resources with this deployment's
# name, and only from the environment that needs an approval. A role that it creates can do no more than the boundary allows, and `apply`
# cannot change itself.
data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  issuer       = "token.actions.githubusercontent.com"
  provider_arn = var.existing_provider_arn == null ? aws_iam_openid_connect_provider.this[0].arn : var.existing_provider_arn
  account      = data.aws_caller_identity.current.account_id
  iam          = "arn:${data.aws_partition.current.partition}:iam::${local.account}"
  plan_name    = "${var.name}-github-plan"
  apply_name   = "${var.name}-github-apply"
  subject      = coalesce(var.subject_prefix, "repo:${var.repository}")
}

resource "aws_iam_openid_connect_provider" "this" {
  count = var.existing_provider_arn == null ? 1 : 0

  url            = "https://${local.issuer}"
  client_id_list = ["sts.amazonaws.com"]
  tags           = var.tags
}

data "aws_iam_policy_document" "trust" {
  for_each = {
    plan  = ["${local.subject}:pull_request", "${local.subject}:ref:refs/heads/${var.branch}"]
    apply = ["${local.subject}:environment:${var.environment}"]
  }

  statement {
    sid     = "WorkflowsMayAssume"
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [local.provider_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:aud"
      values   = ["sts.amazonaws.com"]
    }

    # The test is StringEquals and never StringLike, because a pattern would admit other repositories or branches.
    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:sub"
      values   = each.value
    }
  }
}

resource "aws_iam_role" "plan" {
  name                 = local.plan_name
  description          = "Workflows of ${var.repository} use this role to plan. It reads resources and writes only plans"
  assume_role_policy   = data.aws_iam_policy_document.trust["plan"].json
  max_session_duration = 3600
  tags                 = var.tags
}

resource "aws_iam_role_policy" "plan" {
  name   = "read"
  role   = aws_iam_role.plan.id
  policy = data.aws_iam_policy_document.read.json
}

# In a public repository, the plan that waits for approval is kept beside the state. The job that applies the plan first compares
# the plan's digest with the digest in the output of the job that made the plan.
data "aws_iam_policy_document" "keep_plan" {
  statement {
    sid       = "KeepPlan"
    actions   = ["s3:PutObject"]
    resources = ["arn:${data.aws_partition.current.partition}:s3:::${var.state.bucket}/${var.state.key}.plans/*"]
  }

  # If the state is encrypted with a KMS key, S3 asks KMS with the permissions of the caller.
  dynamic "statement" {
    for_each = var.state.kms_key_arn == null ? [] : [var.state.kms_key_arn]

    content {
      sid       = "EncryptPlan"
      actions   = ["kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }
}

resource "aws_iam_role_policy" "keep_plan" {
  name   = "keep-plan"
  role   = aws_iam_role.plan.id
  policy = data.aws_iam_policy_document.keep_plan.json
}

resource "aws_iam_role" "apply" {
  name                 = local.apply_name
  description          = "Workflows of ${var.repository} use this role to apply, from the environment ${var.environment}"
  assume_role_policy   = data.aws_iam_policy_document.trust["apply"].json
  max_session_duration = 7200 # an apply that waits for the interfaces of functions can take longer than an hour
  tags                 = var.tags
}

# These are managed policies, because together they are longer than the limit for the inline policies of a role.
resource "aws_iam_policy" "apply" {
  for_each = {
    read     = data.aws_iam_policy_document.read.json
    services = data.aws_iam_policy_document.services.json
    network  = data.aws_iam_policy_document.network.json
    roles    = data.aws_iam_policy_document.roles.json
  }

  name   = "${local.apply_name}-${each.key}"
  policy = each.value
  tags   = var.tags
}

resource "aws_iam_role_policy_attachment" "apply" {
  for_each = aws_iam_policy.apply

  role       = aws_iam_role.apply.name
  policy_arn = each.value.arn
}
