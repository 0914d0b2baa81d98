# The permissions of a plan: it may read the settings of resources, but not their contents. It reads no log events, no table items, and no
# objects except the state.
data "aws_iam_policy_document" "read" {
  # IAM cannot limit most of these calls to a resource. The other calls list resources whose names are not known yet.
  statement {
    sid = "LookAtSettings"
    actions = [
      "cloudwatch:DescribeAlarms",
      "cloudwatch:ListTagsForResource",
      "dynamodb:DescribeContinuousBackups",
      "dynamodb:DescribeTable",
      "dynamodb:DescribeTimeToLive",
      "dynamodb:ListTagsOfResource",
      "ec2:Describe*",
      "ecr:DescribeImages",
      "ecr:DescribeRepositories",
      "ecr:GetLifecyclePolicy",
      "ecr:ListTagsForResource",
      "ecs:Describe*",
      "ecs:ListServiceDeployments",
      "ecs:ListTagsForResource",
      "ecs:ListTasks",
      "iam:GetOpenIDConnectProvider",
      "iam:GetPolicy",
      "iam:GetPolicyVersion",
      "iam:GetRole",
      "iam:GetRolePolicy",
      "iam:ListAttachedRolePolicies",
      "iam:ListInstanceProfilesForRole",
      "iam:ListPolicyVersions",
      "iam:ListRolePolicies",
      "lambda:GetAccountSettings",
      "lambda:ListVersionsByFunction",
      "logs:DescribeLogGroups",
      "logs:DescribeMetricFilters",
      "logs:ListTagsForResource",
      "route53:GetHostedZone",
      "servicediscovery:GetNamespace",
      "servicediscovery:GetService",
      "servicediscovery:ListTagsForResource",
      "tag:GetResources",
    ]
    resources = ["*"]
  }

  # GetFunction also returns the package, so it is allowed only for functions of this deployment.
  statement {
    sid     = "LookAtOwnFunctions"
    actions = ["lambda:GetFunction", "lambda:GetFunctionCodeSigningConfig", "lambda:GetFunctionConcurrency", "lambda:GetFunctionConfiguration", "lambda:ListTags"]
    resources = [
      "arn:${data.aws_partition.current.partition}:lambda:${var.region}:${local.account}:function:${var.name}-*",
    ]
  }

  statement {
    sid = "LookAtOwnBucket"
    actions = [
      "s3:GetAccelerateConfiguration",
      "s3:GetBucket*",
      "s3:GetEncryptionConfiguration",
      "s3:GetLifecycleConfiguration",
      "s3:GetReplicationConfiguration",
      "s3:ListBucket",
    ]
    resources = ["arn:${data.aws_partition.current.partition}:s3:::${var.name}-runs-*"]
  }

  statement {
    sid       = "ReadState"
    actions   = ["s3:GetObject"]
    resources = ["arn:${data.aws_partition.current.partition}:s3:::${var.state.bucket}/${var.state.key}"]
  }

  statement {
    sid       = "FindState"
    actions   = ["s3:ListBucket"]
    resources = ["arn:${data.aws_partition.current.partition}:s3:::${var.state.bucket}"]

    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      # `terraform init` also lists the workspaces. Their prefix is `env:/`.
      values = [var.state.key, "${var.state.key}*", "env:/"]
    }
  }

  # If the state is encrypted with a KMS key, S3 asks KMS with the permissions of the caller.
  dynamic "statement" {
    for_each = var.state.kms_key_arn == null ? [] : [var.state.kms_key_arn]

    content {
      sid       = "DecryptState"
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
    }
  }
}
