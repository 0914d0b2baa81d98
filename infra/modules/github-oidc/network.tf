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

  # These calls also name existing resources, such as the VPC of a new subnet or the subnet of a new endpoint.
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
    actions   = ["servicediscovery:CreateService", "servicediscovery:DeleteNamespace", "servicediscovery:DeleteService", "servicediscovery:DeregisterInstance", "servicediscovery:ListInstances", "servicediscovery:UntagResource", "servicediscovery:UpdateService"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Longrun"
      values   = [var.name]
    }
  }

  # Cloud Map creates and removes the DNS zone with the permissions of the caller (docs/aws/deployment.md#cloud-map). CreateHostedZone
  # and DeleteHostedZone cannot be limited to our zones, because a new zone has no tag. Route 53 deletes no zone that still has records.
  statement {
    sid       = "ZoneOfPeers"
    actions   = ["ec2:DescribeRegions", "ec2:DescribeVpcs", "route53:CreateHostedZone", "route53:DeleteHostedZone", "route53:GetHostedZone", "route53:ListHostedZonesByName"]
    resources = ["*"]
  }

  # To make an interface endpoint with private names, EC2 associates the VPC with AWS's zone of these names, with the permissions of the
  # caller (docs/aws/deployment.md#private-names-of-endpoints). The zone belongs to AWS, and its id is not known.
  statement {
    sid       = "NamesOfEndpoints"
    actions   = ["route53:AssociateVPCWithHostedZone"]
    resources = ["*"]
  }

  # When a task is deregistered, Cloud Map changes DNS records with the permissions of the caller.
  statement {
    sid       = "RecordsOfPeers"
    actions   = ["route53:ChangeResourceRecordSets"]
    resources = ["${local.arn}:route53:::hostedzone/*"]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "route53:ChangeResourceRecordSetsNormalizedRecordNames"
      values   = ["*.${var.name}.internal"]
    }
  }

  # Interfaces that Lambda creates for a function in a VPC do not have our tag. Terraform removes the remaining ones before it deletes their
  # subnets and security groups. EC2 deletes no interface that is in use.
  statement {
    sid       = "InterfacesOfDeletedFunctions"
    actions   = ["ec2:DeleteNetworkInterface", "ec2:DetachNetworkInterface"]
    resources = ["${local.arn}:ec2:${var.region}:${local.account}:network-interface/*"]
  }

  statement {
    sid       = "FollowOperations"
    actions   = ["servicediscovery:GetOperation"]
    resources = ["*"]
  }
}
