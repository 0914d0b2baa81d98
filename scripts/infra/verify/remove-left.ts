/**
 * Removes resources that a killed Terraform had not written into its state. They are found by name, or by the tag that only this
 * verification has. A resource that another resource still needs cannot be removed yet, so the caller repeats this.
 */
import { DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DeleteFunctionCommand } from "@aws-sdk/client-lambda";
import type { LocalServices } from "../local-services.ts";
import { nameLook } from "../look-for-name.ts";
import type { NamedKind, PlannedName } from "../planned-names.ts";
import { emptyBucket } from "../bucket.ts";
import { removePolicy, removeRole } from "./iam.ts";
import type { VerifyClients } from "./verify-clients.ts";

type Remove = (clients: VerifyClients, id: string) => Promise<unknown>;

const BY_NAME: Readonly<Partial<Record<NamedKind, Remove>>> = {
  aws_lambda_function: ({ lambda }, FunctionName) => lambda.send(new DeleteFunctionCommand({ FunctionName })),
  aws_cloudwatch_log_group: ({ logs }, logGroupName) =>
    logs.send(new DeleteLogGroupCommand({ logGroupName })),
  aws_iam_role: ({ requests }, name) => removeRole(requests, name),
  aws_iam_policy: ({ requests }, arn) => removePolicy(requests, arn),
  aws_dynamodb_table: ({ requests }, TableName) => requests.json("dynamodb", "DeleteTable", { TableName }),
  aws_ecs_cluster: ({ requests }, cluster) => requests.json("ecs", "DeleteCluster", { cluster }),
  aws_ecr_repository: ({ requests }, repositoryName) =>
    requests.json("ecr", "DeleteRepository", {
      repositoryName,
      force: true,
    }),
  aws_s3_bucket: removeBucket,
};

/**
 * Each pattern is tried with all resources before the next one, because a resource that fits an earlier pattern may need one that fits a
 * later pattern. The group of each pattern matches the id.
 */
const BY_ARN: readonly (readonly [RegExp, Remove])[] = [
  [
    /^arn:[^:]+:cloudwatch:[^:]*:[^:]*:alarm:(.+)/,
    ({ requests }, id) => requests.query("monitoring", "DeleteAlarms", { "AlarmNames.member.1": id }),
  ],
  [/:log-group:([^:]+)/, ({ logs }, logGroupName) => logs.send(new DeleteLogGroupCommand({ logGroupName }))],
  [
    /^arn:[^:]+:ecs:[^:]*:[^:]*:service\/(.+)/,
    ({ requests }, id) => {
      const [cluster, service] = id.split("/");
      return requests.json("ecs", "DeleteService", { cluster, service, force: true });
    },
  ],
  [
    /^arn:[^:]+:servicediscovery:[^:]*:[^:]*:service\/(.+)/,
    ({ requests }, Id) => requests.json("servicediscovery", "DeleteService", { Id }),
  ],
  [
    /^arn:[^:]+:servicediscovery:[^:]*:[^:]*:namespace\/(.+)/,
    ({ requests }, Id) => requests.json("servicediscovery", "DeleteNamespace", { Id }),
  ],
  [/:vpc-endpoint\/(.+)/, ec2("DeleteVpcEndpoints", "VpcEndpointId.1")],
  [/:subnet\/(.+)/, ec2("DeleteSubnet", "SubnetId")],
  [/:security-group\/(.+)/, ec2("DeleteSecurityGroup", "GroupId")],
  [/:route-table\/(.+)/, ec2("DeleteRouteTable", "RouteTableId")],
  [/:vpc\/(.+)/, ec2("DeleteVpc", "VpcId")],
  [/^arn:[^:]+:s3:::(.+)$/, removeBucket],
];

async function removeBucket({ requests }: VerifyClients, bucket: string): Promise<void> {
  await emptyBucket(requests, bucket);
  await requests.s3("DELETE", `/${bucket}`);
}

function ec2(action: string, member: string): Remove {
  return ({ requests }, id) => requests.query("ec2", action, { [member]: id });
}

/**
 * `left`: what the last sweep found. Of it, only ARNs are used here. Errors are ignored, because the next sweep reports what still exists.
 */
export async function removeLeft(
  left: readonly string[],
  names: readonly PlannedName[],
  {
    clients,
    region,
    running,
  }: { readonly clients: VerifyClients; readonly region: string; readonly running: LocalServices | null },
): Promise<void> {
  const look = await nameLook({ region, local: running });
  try {
    for (const one of names) {
      const id = await look.find(one);
      if (id !== null) await BY_NAME[one.type]?.(clients, id).catch(() => undefined);
    }
  } finally {
    look.close();
  }
  for (const [pattern, remove] of BY_ARN)
    for (const arn of left) {
      const id = pattern.exec(arn)?.[1];
      if (id !== undefined) await remove(clients, id).catch(() => undefined);
    }
}
