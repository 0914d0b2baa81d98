# The function's role has only the permissions that it uses: its own log streams, network interfaces in a VPC, and its lease.
data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "LambdaMayAssume"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "this" {
  statement {
    sid       = "WriteOwnLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:*"]
  }

  # Lambda creates the interfaces with the function's role. The resources of these EC2 calls cannot be named in advance.
  dynamic "statement" {
    for_each = var.network == null ? [] : [1]

    content {
      sid = "HoldNetworkInterfaces"
      actions = [
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:UnassignPrivateIpAddresses",
      ]
      resources = ["*"]
    }
  }

  # The function's code runs with the same role. This statement denies all EC2 calls to the handler, so that only Lambda can manage
  # interfaces.
  dynamic "statement" {
    for_each = var.network == null ? [] : [1]

    content {
      sid       = "NotFromTheHandler"
      effect    = "Deny"
      actions   = ["ec2:*"]
      resources = ["*"]

      condition {
        test     = "ArnEquals"
        variable = "lambda:SourceFunctionArn"
        values   = ["arn:${data.aws_partition.current.partition}:lambda:*:${data.aws_caller_identity.current.account_id}:function:${var.name}"]
      }
    }
  }

  dynamic "statement" {
    for_each = var.lease == null ? [] : [var.lease]

    content {
      sid       = "HoldOwnLease"
      actions   = ["dynamodb:GetItem", "dynamodb:UpdateItem"]
      resources = [statement.value.table_arn]

      condition {
        test     = "ForAllValues:StringEquals"
        variable = "dynamodb:LeadingKeys"
        values   = [var.name]
      }
    }
  }
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

resource "aws_iam_role" "this" {
  name                 = "${var.name}-function"
  description          = "What the function ${var.name} may do"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags
}

resource "aws_iam_role_policy" "this" {
  name   = "function"
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.this.json
}
