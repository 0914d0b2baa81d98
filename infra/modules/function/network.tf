# The function can reach only its peer and, with a lease, the lease table. Names are resolved by the VPC's resolver, which no security group
# filters, so DNS needs no rule.
resource "aws_security_group" "this" {
  count = var.network == null ? 0 : 1

  name        = var.name
  description = "The function ${var.name}: out to its peer, in from nowhere"
  vpc_id      = var.network.vpc_id
  tags        = var.tags

  # Lambda needs the function's role to remove the network interfaces of a deleted function, and removes them up to 45 minutes later. Until
  # then the interfaces use this group, so it cannot be deleted. So Terraform must delete the role's policy after the group.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_vpc_security_group_egress_rule" "peer" {
  count = var.network == null ? 0 : 1

  security_group_id            = aws_security_group.this[0].id
  description                  = "The peer"
  ip_protocol                  = "tcp"
  from_port                    = var.peer.port
  to_port                      = var.peer.port
  cidr_ipv4                    = var.network.peer_cidr
  referenced_security_group_id = var.peer_security_group_id
  tags                         = var.tags

  lifecycle {
    precondition {
      condition     = (var.network.peer_cidr == null) != (var.peer_security_group_id == null)
      error_message = "In a VPC the function reaches its peer and nothing else: exactly one of network.peer_cidr (such as 10.1.2.3/32) and peer_security_group_id must be given. Given: ${var.network.peer_cidr == null ? "neither" : "both"}."
    }
  }
}

resource "aws_vpc_security_group_egress_rule" "dynamodb" {
  count = var.network == null ? 0 : var.network.dynamodb == null ? 0 : 1

  security_group_id = aws_security_group.this[0].id
  description       = "The lease table, through its gateway endpoint"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  prefix_list_id    = var.network.dynamodb.prefix_list_id
  tags              = var.tags
}
