# Each peer admits only its own function, and has a private name that stays the same when its task is replaced.
resource "aws_service_discovery_private_dns_namespace" "this" {
  count = var.managed == null ? 0 : 1

  name        = "${var.name}.internal"
  description = "Names of the peers that serve one connection"
  vpc         = var.managed.vpc_id
  tags        = var.tags
}

resource "aws_service_discovery_service" "this" {
  for_each = local.peers

  name = each.key

  # When an ECS service has ended, its stopped task stays registered in Cloud Map a little longer. Without force_destroy, a destroy fails
  # while a task is still registered.
  force_destroy = true

  dns_config {
    namespace_id   = aws_service_discovery_private_dns_namespace.this[0].id
    routing_policy = "MULTIVALUE"

    dns_records {
      type = "A"
      ttl  = 5
    }
  }

  tags = var.tags
}

resource "aws_security_group" "this" {
  for_each = local.peers

  name        = "${var.name}-peer-${each.key}"
  description = "The peer of ${each.key}: in from its function alone"
  vpc_id      = var.managed.vpc_id
  tags        = var.tags
}

# If client_security_group_ids does not name the group of a function, terraform_data.shape (main.tf) refuses the plan with a clear
# message. Without the text `missing`, coalesce would fail here with a message of its own.
resource "aws_vpc_security_group_ingress_rule" "function" {
  for_each = local.peers

  security_group_id            = aws_security_group.this[each.key].id
  description                  = "The function ${each.key}"
  ip_protocol                  = "tcp"
  from_port                    = var.managed.port
  to_port                      = var.managed.port
  referenced_security_group_id = coalesce(lookup(var.client_security_group_ids, each.key, null), "missing")
  tags                         = var.tags
}

resource "aws_vpc_security_group_egress_rule" "https" {
  for_each = local.peers

  security_group_id = aws_security_group.this[each.key].id
  description       = "Image and logs"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = var.managed.https_cidr
  tags              = var.tags
}

resource "aws_vpc_security_group_egress_rule" "s3" {
  for_each = var.managed == null ? toset([]) : var.managed.s3_prefix_list == null ? toset([]) : local.peers

  security_group_id = aws_security_group.this[each.key].id
  description       = "Layers of the image, through the gateway endpoint"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  prefix_list_id    = var.managed.s3_prefix_list.id
  tags              = var.tags
}
