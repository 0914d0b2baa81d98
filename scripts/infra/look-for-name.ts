/**
 * Looks up the ID by which Terraform imports a resource with a given name. Null if there is no such resource, or if the credentials do not
 * allow the look-up. In the second case the resource may exist. If it does, an apply that is to create it fails.
 */
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { z } from "zod";
import { serviceConnection } from "../../harness/src/adapters/aws/service-connection.ts";
import { awsRequests, caller, type AwsRequests } from "./aws-request.ts";
import type { LocalServices } from "./local-services.ts";
import type { NamedKind, PlannedName } from "./planned-names.ts";

const PARTS = z.array(z.object({ status: z.string() })).default([]);

type Sought = Pick<PlannedName, "type" | "name" | "within">;
type Look = (sought: Sought) => Promise<string | null>;

interface NameLook {
  find: Look;
  /** The Region that the policies of a role name. Null if they name none, or if the credentials may not read them. */
  regionOfRole(name: string): Promise<string | null>;
  close(): void;
}

/** `local`: the addresses of the local target; null on AWS. */
export async function nameLook({
  region,
  local,
}: {
  readonly region: string;
  readonly local: Pick<LocalServices, "engine" | "services"> | null;
}): Promise<NameLook> {
  const connection = serviceConnection({ region, endpoint: local?.engine ?? null });
  const lambda = new LambdaClient(connection);
  const logs = new CloudWatchLogsClient(connection);
  const requests = await awsRequests({ region, endpoint: local?.services ?? null });
  const looks: Readonly<Record<NamedKind, Look>> = {
    aws_lambda_function: async ({ name }) => {
      const command = new GetFunctionConfigurationCommand({ FunctionName: name });
      return (await found(() => lambda.send(command))) === null ? null : name;
    },
    aws_cloudwatch_log_group: async ({ name }) => {
      const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: name });
      const groups = (await found(() => logs.send(command)))?.logGroups ?? [];
      return groups.some(({ logGroupName }) => logGroupName === name) ? name : null;
    },
    ...looksInIam(requests),
    ...looksByRequest(requests),
  };
  return {
    find: (sought) => looks[sought.type](sought),
    regionOfRole: (name) => regionOfRole(requests, name),
    close: () => {
      lambda.destroy();
      logs.destroy();
    },
  };
}

type IamKind = Extract<NamedKind, `aws_iam_${string}`>;

function looksInIam(requests: AwsRequests): Readonly<Record<IamKind, Look>> {
  const arnOf = async (rest: string): Promise<string> =>
    `arn:aws:iam::${(await caller(requests)).account}:${rest}`;
  const isThere = async (action: string, parameters: Readonly<Record<string, string>>): Promise<boolean> =>
    (await requests.query("iam", action, parameters)).ok;
  return {
    aws_iam_role: async ({ name }) => ((await isThere("GetRole", { RoleName: name })) ? name : null),
    aws_iam_policy: async ({ name }) => {
      const PolicyArn = await arnOf(`policy/${name}`);
      return (await isThere("GetPolicy", { PolicyArn })) ? PolicyArn : null;
    },
    aws_iam_openid_connect_provider: async ({ name }) => {
      const OpenIDConnectProviderArn = await arnOf(`oidc-provider/${name.replace(/^https:\/\//, "")}`);
      return (await isThere("GetOpenIDConnectProvider", { OpenIDConnectProviderArn }))
        ? OpenIDConnectProviderArn
        : null;
    },
  };
}

/** A role has one name in all Regions, but its own policies name log groups and functions of one Region. */
async function regionOfRole(requests: AwsRequests, RoleName: string): Promise<string | null> {
  const listed = await requests.query("iam", "ListRolePolicies", { RoleName });
  for (const [, PolicyName = ""] of listed.text.matchAll(/<member>([^<]+)/g)) {
    const { text } = await requests.query("iam", "GetRolePolicy", { RoleName, PolicyName });
    const document = decodeURIComponent(/<PolicyDocument>([^<]+)/.exec(text)?.[1] ?? "");
    const region = /arn:aws:(?:logs|lambda):([a-z0-9-]+):/.exec(document)?.[1];
    if (region !== undefined) return region;
  }
  return null;
}

type OtherKind = Exclude<NamedKind, IamKind | "aws_lambda_function" | "aws_cloudwatch_log_group">;

function looksByRequest(requests: AwsRequests): Readonly<Record<OtherKind, Look>> {
  return {
    aws_dynamodb_table: async ({ name }) => {
      const body = { TableName: name };
      return (await requests.json("dynamodb", "DescribeTable", body)).ok ? name : null;
    },
    aws_ecr_repository: async ({ name }) => {
      const body = { repositoryNames: [name] };
      return (await requests.json("ecr", "DescribeRepositories", body)).ok ? name : null;
    },
    aws_ecs_cluster: async ({ name }) => {
      const answer = await requests.json("ecs", "DescribeClusters", { clusters: [name] });
      const { clusters } = answer.ok ? answer.read(z.object({ clusters: PARTS })) : { clusters: [] };
      return clusters.some(({ status }) => status === "ACTIVE") ? name : null;
    },
    aws_ecs_service: async ({ name, within }) => {
      if (within === null) return null;
      const body = { cluster: within, services: [name] };
      const answer = await requests.json("ecs", "DescribeServices", body);
      const { services } = answer.ok ? answer.read(z.object({ services: PARTS })) : { services: [] };
      return services.some(({ status }) => status === "ACTIVE")
        ? `${within.split("/").at(-1)}/${name}`
        : null;
    },
    // Status 301: the bucket exists in another Region, so it cannot be made.
    aws_s3_bucket: async ({ name }) => {
      const { ok, status } = await requests.s3("HEAD", `/${name}`);
      return ok || status === 301 ? name : null;
    },
    aws_security_group: async ({ name, within }) => {
      if (within === null) return null;
      const { text } = await requests.query("ec2", "DescribeSecurityGroups", {
        "Filter.1.Name": "group-name",
        "Filter.1.Value.1": name,
        "Filter.2.Name": "vpc-id",
        "Filter.2.Value.1": within,
      });
      return /<groupId>([^<]+)/.exec(text)?.[1] ?? null;
    },
  };
}

/** Null if the resource does not exist, or if these credentials may not look. */
async function found<Answer>(ask: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && /ResourceNotFoundException|AccessDenied/.test(error.name)) return null;
    throw error;
  }
}
