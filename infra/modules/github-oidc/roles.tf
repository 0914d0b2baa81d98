# The permissions for roles are dangerous: without limits, the apply role could create a role with any permission. So a new role must have the
# deployment's name and the boundary, and it may be passed only to Lambda and to tasks. The apply role cannot change the roles, policies and
# provider of this module.
data "aws_iam_policy_document" "boundary" {
  statement {
    sid       = "OwnFunctions"
    actions   = ["lambda:GetFunction", "lambda:GetFunctionConcurrency", "lambda:GetFunctionConfiguration", "lambda:InvokeFunction"]
    resources = ["${local.arn}:lambda:${var.region}:${local.account}:function:${var.name}-*"]
  }

  statement {
    sid     = "OwnLogs"
    actions = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents", "logs:PutLogEvents"]
    resources = [
      "${local.arn}:logs:${var.region}:${local.account}:log-group:/aws/lambda/${var.name}-*",
      "${local.arn}:logs:${var.region}:${local.account}:log-group:/longrun/${var.name}/*",
    ]
  }

  statement {
    sid       = "OwnLeases"
    actions   = ["dynamodb:GetItem", "dynamodb:UpdateItem"]
    resources = ["${local.arn}:dynamodb:${var.region}:${local.account}:table/${var.name}-leases"]
  }

  statement {
    sid       = "OwnResults"
    actions   = ["s3:PutObject"]
    resources = ["${local.arn}:s3:::${var.name}-runs-*/runs/*"]
  }

  statement {
    sid       = "Images"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = ["${local.arn}:ecr:*:${local.account}:repository/*"]
  }

  # These calls cannot be limited to a resource, or their resources have no names that are known in advance.
  statement {
    sid = "WithoutResource"
    actions = [
      "cloudwatch:GetMetricData",
      "ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses",
      "ecr:GetAuthorizationToken",
      "lambda:GetAccountSettings",
    ]
    resources = ["*"]
  }

  # The runner may write its results into a bucket with a KMS key. The key is not known here: only the policy of the runner's role names it.
  statement {
    sid       = "EncryptResults"
    actions   = ["kms:GenerateDataKey"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.${var.region}.amazonaws.com"]
    }
  }

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

resource "aws_iam_policy" "boundary" {
  name        = "${var.name}-boundary"
  description = "The most that a role made by ${local.apply_name} can do"
  policy      = data.aws_iam_policy_document.boundary.json
  tags        = var.tags
}

data "aws_iam_policy_document" "roles" {
  statement {
    sid       = "RolesWithinBoundary"
    actions   = ["iam:CreateRole", "iam:DeleteRolePolicy", "iam:PutRolePolicy"]
    resources = ["${local.iam}:role/${var.name}-*"]

    condition {
      test     = "StringEquals"
      variable = "iam:PermissionsBoundary"
      values   = [aws_iam_policy.boundary.arn]
    }
  }

  # The condition is a tag, because the name longrun-* also matches the roles of a deployment longrun-b.
  statement {
    sid       = "OwnRoles"
    actions   = ["iam:DeleteRole", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRoleDescription"]
    resources = ["${local.iam}:role/${var.name}-*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Longrun"
      values   = [var.name]
    }
  }

  # The first condition is about the requested boundary. The second one is about the deployment to which the role belongs.
  statement {
    sid       = "BoundaryOfOwnRoles"
    actions   = ["iam:PutRolePermissionsBoundary"]
    resources = ["${local.iam}:role/${var.name}-*"]

    condition {
      test     = "StringEquals"
      variable = "iam:PermissionsBoundary"
      values   = [aws_iam_policy.boundary.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Longrun"
      values   = [var.name]
    }
  }

  # This statement allows the tag Longrun only on a role that does not have this tag yet. A role of another deployment already has it.
  statement {
    sid       = "TagNewRoles"
    actions   = ["iam:TagRole"]
    resources = ["${local.iam}:role/${var.name}-*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/Longrun"
      values   = [var.name]
    }

    condition {
      test     = "Null"
      variable = "aws:ResourceTag/Longrun"
      values   = ["true"]
    }
  }

  statement {
    sid       = "HandToLambdaAndTasks"
    actions   = ["iam:PassRole"]
    resources = ["${local.iam}:role/${var.name}-*"]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com", "lambda.amazonaws.com"]
    }
  }

  statement {
    sid       = "RolesOfServices"
    actions   = ["iam:CreateServiceLinkedRole"]
    resources = ["${local.iam}:role/aws-service-role/*"]

    condition {
      test     = "StringEquals"
      variable = "iam:AWSServiceName"
      values   = ["ecs.amazonaws.com"]
    }
  }

  statement {
    sid         = "NotItself"
    effect      = "Deny"
    not_actions = ["iam:Get*", "iam:List*"]
    resources = [
      "${local.iam}:role/${local.plan_name}",
      "${local.iam}:role/${local.apply_name}",
      "${local.iam}:policy/${local.apply_name}-*",
      "${local.iam}:policy/${var.name}-boundary",
      "${local.iam}:oidc-provider/${local.issuer}",
    ]
  }
}
