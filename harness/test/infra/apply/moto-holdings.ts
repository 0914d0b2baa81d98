/**
 * Counts moto's resources of the kinds that infra/ creates, through the AWS APIs. moto's own list (data.json) cannot be used, because it
 * fails with 500 after a call of GetCallerIdentity.
 */
type Kind = readonly [label: string, service: string, request: Request, each: RegExp];
type Request =
  | { readonly action: string; readonly version: string }
  | { readonly target: string; readonly body?: object }
  | null;

const EC2 = "2016-11-15";
const IAM = "2010-05-08";
const CLUSTERS = ["longrun-peers", "longrun-runner"];
const KINDS: readonly Kind[] = [
  ["DynamoDB table", "dynamodb", { target: "DynamoDB_20120810.ListTables" }, /"longrun[^"]*"/g],
  // A pattern that contains a state leaves out deleted resources. moto still returns them, marked as deleted.
  [
    "NAT gateway",
    "ec2",
    { action: "DescribeNatGateways", version: EC2 },
    /<state>(?:available|pending)<\/state>/g,
  ],
  ["security group", "ec2", { action: "DescribeSecurityGroups", version: EC2 }, /<groupDescription>/g],
  ["subnet", "ec2", { action: "DescribeSubnets", version: EC2 }, /<subnetId>/g],
  ["VPC", "ec2", { action: "DescribeVpcs", version: EC2 }, /<instanceTenancy>/g],
  ["VPC endpoint", "ec2", { action: "DescribeVpcEndpoints", version: EC2 }, /<state>available<\/state>/g],
  [
    "image repository",
    "ecr",
    { target: "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories" },
    /"repositoryArn"/g,
  ],
  [
    "ECS cluster",
    "ecs",
    { target: "AmazonEC2ContainerServiceV20141113.DescribeClusters", body: { clusters: CLUSTERS } },
    /"ACTIVE"/g,
  ],
  ["OIDC provider", "iam", { action: "ListOpenIDConnectProviders", version: IAM }, /<Arn>/g],
  ["role", "iam", { action: "ListRoles", version: IAM }, /<RoleId>/g],
  ["bucket", "s3", null, /<Name>/g],
];

/** Returns the number of resources of each kind. */
export async function motoHoldings(endpoint: string): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const [label, service, request, each] of KINDS) {
    const answer = await fetch(endpoint, optionsOf(service, request));
    const text = await answer.text();
    if (!answer.ok) throw new Error(`moto answers ${answer.status} to the list of ${label}: ${text}`);
    counts[label] = [...text.matchAll(each)].length;
  }
  return counts;
}

/** Signs a request for a service: moto reads the service from the scope of the signature and does not check the signature. */
function optionsOf(service: string, request: Request): RequestInit {
  const authorization = `AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  if (request === null) return { headers: { authorization } };
  if ("target" in request)
    return {
      method: "POST",
      headers: {
        authorization,
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": request.target,
      },
      body: JSON.stringify(request.body ?? {}),
    };
  return {
    method: "POST",
    headers: { authorization, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ Action: request.action, Version: request.version }).toString(),
  };
}
