# The peer, which serves one connection by default. With `external`, nothing is created, and the address is passed to the function. With `managed`, there
# is one Fargate service for each function, deployed so that two tasks never run at once. A second task would accept a second connection,
# and then a run would prove nothing.
locals {
  peers = var.managed == null ? toset([]) : var.functions
}

resource "terraform_data" "shape" {
  lifecycle {
    precondition {
      condition     = (var.external == null) != (var.managed == null)
      error_message = "The peer must be exactly one of `external` and `managed`. Given: ${var.external == null ? "neither" : "both"}."
    }

    precondition {
      condition     = var.external == null || length(var.functions) == 1
      error_message = "An external peer must have exactly one function: several functions would compete for its places in any case, whatever the platform does. Given: ${length(var.functions)}."
    }

    precondition {
      condition     = var.managed == null || length(setsubtract(var.functions, keys(var.client_security_group_ids))) == 0
      error_message = "client_security_group_ids must name the security group of each function: the managed peer of a function admits only connections from this group. Missing: ${join(", ", setsubtract(var.functions, keys(var.client_security_group_ids)))}."
    }
  }
}

resource "aws_ecs_cluster" "this" {
  count = var.managed == null ? 0 : 1

  name = "${var.name}-peers"

  # Container Insights costs money, and its log groups, which ECS makes, would stay after a destroy.
  setting {
    name  = "containerInsights"
    value = "disabled"
  }

  tags = var.tags
}

resource "aws_ecs_task_definition" "this" {
  for_each = local.peers

  family                   = "${var.name}-peer-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.managed.cpu
  memory                   = var.managed.memory_mb
  execution_role_arn       = aws_iam_role.execution[0].arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = upper(var.managed.architecture)
  }

  container_definitions = jsonencode([{
    name      = "peer"
    image     = var.managed.image
    essential = true
    command   = ["peer", "--host", "0.0.0.0", "--port", tostring(var.managed.port), "--admission", var.managed.admission, "--capacity", tostring(var.managed.capacity), "--json"]
    user      = "1000"

    readonlyRootFilesystem = true
    linuxParameters        = { initProcessEnabled = true }
    portMappings           = [{ containerPort = var.managed.port, hostPort = var.managed.port, protocol = "tcp" }]

    # This health check only checks that the first process exists. A health check that connects would take the only connection of the peer.
    healthCheck = {
      command     = ["CMD", "node", "-e", "require('fs').readFileSync('/proc/1/stat')"]
      interval    = 30
      timeout     = 5
      retries     = 3
      startPeriod = 10
    }

    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this[each.key].name
        awslogs-region        = var.managed.region
        awslogs-stream-prefix = "peer"
        # In blocking mode no evidence is lost if the log service is slow. The peer's log is small, so the mode does not slow the peer.
        mode = "blocking"
      }
    }
  }])

  tags = var.tags
}

resource "aws_ecs_service" "this" {
  for_each = local.peers

  name             = each.key
  cluster          = aws_ecs_cluster.this[0].id
  task_definition  = aws_ecs_task_definition.this[each.key].arn
  launch_type      = "FARGATE"
  platform_version = "LATEST"

  # Two tasks must never run at once: the old task ends before the new one starts. Rebalancing is off, because it starts the new task first.
  desired_count                      = 1
  deployment_maximum_percent         = 100
  deployment_minimum_healthy_percent = 0
  availability_zone_rebalancing      = "DISABLED"
  wait_for_steady_state              = true

  network_configuration {
    subnets          = var.managed.subnet_ids
    security_groups  = [aws_security_group.this[each.key].id]
    assign_public_ip = false
  }

  # There is no load balancer, because it and its health check would be clients of the peer.
  service_registries {
    registry_arn = aws_service_discovery_service.this[each.key].arn
  }

  # ECS gives up after some tasks that failed. ECS must not go back to the previous task definition, because Terraform would then see a
  # steady service, and an apply that changed nothing would count as a success.
  deployment_circuit_breaker {
    enable   = true
    rollback = false
  }

  # A task starts within two minutes. Without a limit, an apply whose tasks all fail would wait for twenty minutes.
  timeouts {
    create = "10m"
    update = "10m"
  }

  tags = var.tags

  depends_on = [aws_iam_role_policy.execution]
}
