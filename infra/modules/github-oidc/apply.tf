# The permissions of an apply: it may change resources with this deployment's name, or with its tag if the service has no names.
locals {
  arn = "arn:${data.aws_partition.current.partition}"

  # Their resources are limited by names. The permissions for EC2, Cloud Map and roles name the tag already.
  own_services = ["cloudwatch:*", "dynamodb:*", "ecr:*", "ecs:*", "lambda:*", "logs:*", "s3:*"]
}

data "aws_iam_policy_document" "services" {
  statement {
    sid     = "Functions"
    actions = ["lambda:CreateFunction", "lambda:DeleteFunction", "lambda:DeleteFunctionConcurrency", "lambda:InvokeFunction", "lambda:PutFunctionConcurrency", "lambda:TagResource", "lambda:UntagResource", "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration"]
    resources = [
      "${local.arn}:lambda:${var.region}:${local.account}:function:${var.name}-*",
    ]
  }

  statement {
    sid     = "Logs"
    actions = ["logs:AssociateKmsKey", "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:DeleteMetricFilter", "logs:DeleteRetentionPolicy", "logs:DisassociateKmsKey", "logs:FilterLogEvents", "logs:PutMetricFilter", "logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource"]
    resources = [
      "${local.arn}:logs:${var.region}:${local.account}:log-group:/aws/lambda/${var.name}-*",
      "${local.arn}:logs:${var.region}:${local.account}:log-group:/longrun/${var.name}/*",
    ]
  }

  statement {
    sid       = "Alarms"
    actions   = ["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource"]
    resources = ["${local.arn}:cloudwatch:${var.region}:${local.account}:alarm:${var.name}-*"]
  }

  # This permission is for the soak after an apply. Reading metrics of CloudWatch cannot be limited to a resource.
  statement {
    sid       = "Metrics"
    actions   = ["cloudwatch:GetMetricData"]
    resources = ["*"]
  }

  statement {
    sid     = "Tasks"
    actions = ["ecs:CreateCluster", "ecs:CreateService", "ecs:DeleteCluster", "ecs:DeleteService", "ecs:RunTask", "ecs:StopTask", "ecs:TagResource", "ecs:UntagResource", "ecs:UpdateCluster", "ecs:UpdateClusterSettings", "ecs:UpdateService"]
    resources = [
      "${local.arn}:ecs:${var.region}:${local.account}:cluster/${var.name}-*",
      "${local.arn}:ecs:${var.region}:${local.account}:service/${var.name}-*/*",
      "${local.arn}:ecs:${var.region}:${local.account}:task/${var.name}-*/*",
      "${local.arn}:ecs:${var.region}:${local.account}:task-definition/${var.name}-*:*",
    ]
  }

  # These two calls of ECS cannot be limited to a resource.
  statement {
    sid       = "TaskDefinitions"
    actions   = ["ecs:DeregisterTaskDefinition", "ecs:RegisterTaskDefinition"]
    resources = ["*"]
  }

  statement {
    sid       = "Leases"
    actions   = ["dynamodb:CreateTable", "dynamodb:DeleteTable", "dynamodb:TagResource", "dynamodb:UntagResource", "dynamodb:UpdateTable"]
    resources = ["${local.arn}:dynamodb:${var.region}:${local.account}:table/${var.name}-*"]
  }

  statement {
    sid = "Images"
    actions = [
      "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:CreateRepository", "ecr:DeleteLifecyclePolicy", "ecr:DeleteRepository", "ecr:GetDownloadUrlForLayer",
      "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:PutImageScanningConfiguration", "ecr:PutImageTagMutability", "ecr:PutLifecyclePolicy", "ecr:TagResource", "ecr:UntagResource", "ecr:UploadLayerPart",
    ]
    resources = ["${local.arn}:ecr:${var.region}:${local.account}:repository/${var.name}"]
  }

  statement {
    sid       = "RegistryLogin"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid     = "Results"
    actions = ["s3:CreateBucket", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:GetObject", "s3:PutBucket*", "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration"]
    resources = [
      "${local.arn}:s3:::${var.name}-runs-*",
    ]
  }

  statement {
    sid       = "ApprovedPlan"
    actions   = ["s3:GetObject"]
    resources = ["${local.arn}:s3:::${var.state.bucket}/${var.state.key}.plans/*"]
  }

  statement {
    sid     = "State"
    actions = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = [
      "${local.arn}:s3:::${var.state.bucket}/${var.state.key}",
      "${local.arn}:s3:::${var.state.bucket}/${var.state.key}.tflock",
    ]
  }

  # If the state is encrypted with a KMS key, S3 asks KMS with the permissions of the caller.
  dynamic "statement" {
    for_each = var.state.kms_key_arn == null ? [] : [var.state.kms_key_arn]

    content {
      sid       = "EncryptState"
      actions   = ["kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }

  # The names longrun-* also match those of a deployment longrun-b. Its resources have its own tag. A resource without this tag, and a service
  # that does not tell IAM the tags of its resources, are not affected (docs/aws/deployment.md#deployments-with-similar-names).
  statement {
    sid       = "NotOtherDeployments"
    effect    = "Deny"
    actions   = local.own_services
    resources = ["*"]

    condition {
      test     = "Null"
      variable = "aws:ResourceTag/Longrun"
      values   = ["false"]
    }

    condition {
      test     = "StringNotEquals"
      variable = "aws:ResourceTag/Longrun"
      values   = [var.name]
    }
  }
}
