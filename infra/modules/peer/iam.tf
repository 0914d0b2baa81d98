# The role that starts the tasks may fetch the image and write the peers' logs. The peer itself has no role, because it calls no AWS
# service.
data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "TasksMayAssume"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "execution" {
  # The call for an ECR token cannot be limited to a resource.
  statement {
    sid       = "LogInToRegistry"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid       = "FetchImage"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = ["arn:${data.aws_partition.current.partition}:ecr:*:${data.aws_caller_identity.current.account_id}:repository/*"]
  }

  dynamic "statement" {
    for_each = length(local.peers) == 0 ? [] : [1]

    content {
      sid       = "WritePeerLogs"
      actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      resources = [for group in aws_cloudwatch_log_group.this : "${group.arn}:*"]
    }
  }
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

resource "aws_iam_role" "execution" {
  count = var.managed == null ? 0 : 1

  name                 = "${var.name}-peer-start"
  description          = "Starts the peers of ${var.name}: image and logs"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags
}

resource "aws_iam_role_policy" "execution" {
  count = var.managed == null ? 0 : 1

  name   = "start"
  role   = aws_iam_role.execution[0].id
  policy = data.aws_iam_policy_document.execution.json
}
