output "vpc_id" {
  description = "Id of the VPC."
  value       = aws_vpc.this.id
}

output "subnet_ids" {
  description = "Ids of the private subnets."
  value       = aws_subnet.private[*].id
}

output "prefix_list_ids" {
  description = "Prefix lists of the gateway endpoints, by service."
  value       = { for service, endpoint in aws_vpc_endpoint.gateway : service => endpoint.prefix_list_id }
}

output "https_cidr" {
  description = "The CIDR block to which HTTPS must be allowed for AWS services without a gateway endpoint: the VPC's own block, which contains its interface endpoints; with NAT, every address."
  value       = var.nat ? "0.0.0.0/0" : aws_vpc.this.cidr_block
}
