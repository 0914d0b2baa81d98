# Tests that a network has no access to the internet unless requested, and nothing that costs money unless it is needed.
mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-central-1a", "eu-central-1b", "eu-central-1c"] }
  }
  mock_resource "aws_vpc" {
    defaults = { cidr_block = "10.83.0.0/24" }
  }
}

variables {
  name   = "longrun"
  region = "eu-central-1"
}

run "closed_by_default" {
  assert {
    condition     = length(aws_nat_gateway.this) + length(aws_internet_gateway.this) + length(aws_subnet.public) == 0
    error_message = "There must be no access to the internet unless requested: a function and its peer need none."
  }

  assert {
    condition     = length(aws_vpc_endpoint.interface) + length(aws_vpc_endpoint.gateway) + length(aws_security_group.endpoints) == 0
    error_message = "An endpoint that is not needed must not be created; interface endpoints cost money by the hour."
  }

  assert {
    condition     = length(aws_subnet.private) == 2 && aws_subnet.private[0].cidr_block == "10.83.0.0/27" && aws_subnet.private[1].cidr_block == "10.83.0.32/27"
    error_message = "There must be a private subnet in each of two zones, an eighth of the range each."
  }

  assert {
    condition     = alltrue([for subnet in aws_subnet.private : subnet.map_public_ip_on_launch != true])
    error_message = "Nothing in a private subnet may get a public address."
  }

  assert {
    condition     = aws_vpc.this.enable_dns_support && aws_vpc.this.enable_dns_hostnames
    error_message = "The VPC must have DNS, because endpoints and peers have private names."
  }

  assert {
    condition     = output.https_cidr == "10.83.0.0/24"
    error_message = "Without a NAT gateway, HTTPS must stay in the VPC."
  }
}

run "keeps_out_of_zones_without_lambda_or_fargate" {
  assert {
    condition     = data.aws_availability_zones.available.exclude_zone_ids == toset(["apne1-az3", "use1-az3", "usw1-az2"])
    error_message = "A subnet in a zone without Lambda or Fargate makes the function or its peer fail half-way through an apply."
  }
}

run "endpoints_as_asked" {
  variables {
    interface_endpoints = ["ecr.api", "ecr.dkr", "logs"]
    gateway_endpoints   = ["s3"]
  }

  assert {
    condition     = toset(keys(aws_vpc_endpoint.interface)) == toset(["ecr.api", "ecr.dkr", "logs"]) && aws_vpc_endpoint.interface["logs"].service_name == "com.amazonaws.eu-central-1.logs"
    error_message = "Each requested service must have its endpoint."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.endpoints[0].from_port == 443 && aws_vpc_security_group_ingress_rule.endpoints[0].cidr_ipv4 == "10.83.0.0/24"
    error_message = "Endpoints must be reached by HTTPS from the VPC alone."
  }
}

run "nat_makes_interface_endpoints_unnecessary" {
  variables {
    nat                     = true
    availability_zone_count = 1
    interface_endpoints     = ["logs"]
    gateway_endpoints       = ["s3"]
  }

  assert {
    condition     = length(aws_vpc_endpoint.interface) == 0 && length(aws_vpc_endpoint.gateway) == 1
    error_message = "With a NAT gateway there must be no interface endpoint: both would cost money for the same access."
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 1 && output.https_cidr == "0.0.0.0/0"
    error_message = "There must be one NAT gateway, and HTTPS may go through it."
  }
}

run "refuses_more_zones_than_there_are" {
  command = plan

  variables {
    availability_zone_count = 4
  }

  expect_failures = [aws_vpc.this]
}

run "refuses_values" {
  command = plan

  variables {
    cidr                    = "10.83.0.0/28"
    availability_zone_count = 5
    gateway_endpoints       = ["sqs"]
    exclude_zone_ids        = ["us-east-1e"]
  }

  expect_failures = [var.cidr, var.availability_zone_count, var.gateway_endpoints, var.exclude_zone_ids]
}
