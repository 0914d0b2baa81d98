# A Fargate task that runs the soak for days, so that your laptop need not stay on. It is a task and not a service: it starts with `make
# runner` and ends with its soak. In a VPC without NAT it needs only the endpoints of the services that it calls.
data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  labels = sort(keys(var.functions))

  # A task cannot ask the user. `make runner` has asked before it starts the task, so the task runs with --yes.
  command = concat(
    ["soak", "--target", "aws", "--region", var.region, "--duration", var.duration, "--interval", var.interval, "--yes", "--out", "/run/longrun/run"],
    flatten([for label in local.labels : ["--function", "${label}=${var.functions[label].name}"]]),
    flatten([for label in local.labels : ["--peer-log-group", "${label}=${var.functions[label].peer_log_group_name}"] if var.functions[label].peer_log_group_name != null]),
    flatten([for label in local.labels : ["--peer", var.functions[label].external_peer] if var.functions[label].external_peer != null]),
  )
}

resource "aws_ecs_cluster" "this" {
  name = "${var.name}-runner"

  # Container Insights costs money, and its log groups, which ECS makes, would stay after a destroy.
  setting {
    name  = "containerInsights"
    value = "disabled"
  }

  tags = var.tags
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/longrun/${var.name}/runner"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}

resource "aws_ecs_task_definition" "this" {
  family                   = "${var.name}-runner"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory_mb
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = upper(var.architecture)
  }

  # A day's evidence is small, so Fargate's default of 20 GB is enough for weeks.
  volume {
    name = "run"
  }

  container_definitions = jsonencode([{
    name      = "runner"
    image     = var.image
    essential = true
    user      = "1000"
    command   = local.command

    environment = [
      { name = "AWS_REGION", value = var.region },
      { name = "LONGRUN_RESULTS", value = "s3://${aws_s3_bucket.this.bucket}/runs/" },
    ]

    readonlyRootFilesystem = true
    linuxParameters        = { initProcessEnabled = true }
    mountPoints            = [{ sourceVolume = "run", containerPath = "/run/longrun", readOnly = false }]

    # After SIGTERM the soak drains, judges and uploads. Fargate allows two minutes at most.
    stopTimeout = 120

    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = var.region
        awslogs-stream-prefix = "runner"
      }
    }
  }])

  tags = var.tags
}

resource "aws_security_group" "this" {
  name        = "${var.name}-runner"
  description = "The soak's task: out by HTTPS to AWS, in from nowhere"
  vpc_id      = var.network.vpc_id
  tags        = var.tags
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.this.id
  description       = "Lambda, logs, image"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = var.network.https_cidr
  tags              = var.tags
}

resource "aws_vpc_security_group_egress_rule" "s3" {
  count = var.network.s3_prefix_list == null ? 0 : 1

  security_group_id = aws_security_group.this.id
  description       = "Results and layers of the image, through the gateway endpoint"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  prefix_list_id    = var.network.s3_prefix_list.id
  tags              = var.tags
}
