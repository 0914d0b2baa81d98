# Resources of EC2 and Cloud Map have no names that are known in advance, so these permissions use the deployment's tag.
data "aws_iam_policy_document" "network" {
  statement {
    sid     = "MakeTagged"
    actions = ["ec2:AllocateAddress", "ec2:CreateInternetGateway", "ec2:CreateNatGateway", "ec2:CreateRouteTable", "ec2:CreateSecurityGroup", "ec2:CreateSubnet", "ec2:CreateVpc", "ec2:CreateVpcEndpoint"]
    resources = [
      for kind in ["elastic-ip", "internet-gateway", "natgateway", "route-table", "security-group", "subnet", "vpc", "vpc-endpoint"] : "${local.arn}:ec2:${var.region}:${local.account}:${kind}/*"
    ]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/Longrun"
      values   = [var.name]
    }
  }

  # The same calls refer to existing resources: the VPC of a subnet, the subnet of an endpoint.
  statement {
    sid     = "MakeInOwn"
    actions = ["ec2:CreateNatGateway", "ec2:CreateRouteTable", "ec2:CreateSecurityGroup", "ec2:CreateSubnet", "ec2:CreateVpcEndpoint"]
    resources = [
      for kind in ["elastic-ip", "route-table", "security-group", "subnet", "vpc"] : "${local.arn}:ec2:${var.region}:${local.account}:${kind}/*"
    ]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Longrun"
      values   = [var.name]
    }
  }

  statement {
    sid = "ChangeOwn"
    actions = [
      "ec2:AssociateRouteTable", "ec2:AttachInternetGateway", "ec2:AuthorizeSecurityGroup*", "ec2:CreateRoute", "ec2:Delete*", "ec2:DetachInternetGateway", "ec2:DisassociateAddress", "ec2:DisassociateRouteTable",
      "ec2:ModifySecurityGroupRules", "ec2:ModifySubnetAttribute", "ec2:ModifyVpcAttribute", "ec2:ModifyVpcEndpoint", "ec2:ReleaseAddress", "ec2:RevokeSecurityGroup*",
    ]
    resources = ["${local.arn}:ec2:${var.region}:${local.account}:*/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Longrun"
      values   = [var.name]
    }
  }

  # This statement permits only the rule itself. ChangeOwn (above) limits the security groups to which the rule may be added.
  statement {
    sid       = "MakeTaggedRules"
    actions   = ["ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress"]
    resources = ["${local.arn}:ec2:${var.region}:${local.account}:security-group-rule/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/Longrun"
      values   = [var.name]
    }
  }

  statement {
    sid       = "TagWhatIsMade"
    actions   = ["ec2:CreateTags"]
    resources = ["${local.arn}:ec2:${var.region}:${local.account}:*/*"]

    condition {
      test     = "StringEquals"
      variable = "ec2:CreateAction"
      values   = ["AllocateAddress", "AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress", "CreateInternetGateway", "CreateNatGateway", "CreateRouteTable", "CreateSecurityGroup", "CreateSubnet", "CreateVpc", "CreateVpcEndpoint"]
    }
  }

  statement {
    sid       = "TagOwn"
    actions   = ["ec2:CreateTags", "ec2:DeleteTags"]
    resources = ["${local.arn}:ec2:${var.region}:${local.account}:*/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Longrun"
      values   = [var.name]
    }
  }

  statement {
    sid       = "NamePeers"
    actions   = ["servicediscovery:CreatePrivateDnsNamespace", "servicediscovery:CreateService", "servicediscovery:TagResource"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/Longrun"
      values   = [var.name]
    }
  }

  statement {
    sid       = "ChangeNamesOfPeers"
    actions   = ["servicediscovery:CreateService", "servicediscovery:DeleteNamespace", "servicediscovery:DeleteService", "servicediscovery:UntagResource", "servicediscovery:UpdateService"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Longrun"
      values   = [var.name]
    }
  }

  # Cloud Map creates the DNS zone with the permissions of the caller. The EC2 and Route 53 operations for it take no tag of ours, so the
  # condition is that Cloud Map makes the call.
  statement {
    sid       = "ZoneOfPeers"
    actions   = ["ec2:DescribeVpcs", "route53:ChangeResourceRecordSets", "route53:CreateHostedZone", "route53:DeleteHostedZone", "route53:ListHostedZonesByName", "servicediscovery:GetOperation"]
    resources = ["*"]

    condition {
      test     = "ForAnyValue:StringEquals"
      variable = "aws:CalledVia"
      values   = ["servicediscovery.amazonaws.com"]
    }
  }

  statement {
    sid       = "FollowOperations"
    actions   = ["servicediscovery:GetOperation"]
    resources = ["*"]
  }
}
