/**
 * Whether something of a name is there: null where it is not, else by what Terraform imports it. Whoever may not look cannot
 * know, and Terraform will say.
 */
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { awsRequests } from "./aws-request.mjs";

const IAM = "2010-05-08";
const ECS = "AmazonEC2ContainerServiceV20141113";

/**
 * @param {{ region: string, local: { engine: string, services: string } | null }} place local: the addresses of the local target
 */
export async function nameLook({ region, local }) {
  const sdk = {
    region,
    ...(local === null
      ? {}
      : { endpoint: local.engine, credentials: { accessKeyId: "local", secretAccessKey: "local" } }),
  };
  const lambda = new LambdaClient(sdk);
  const logs = new CloudWatchLogsClient(sdk);
  const requests = await awsRequests({ region, endpoint: local?.services ?? null });
  let account;

  const iamArn = async (rest) => {
    account ??= /<Account>(\d{12})/.exec(
      (await requests.query("sts", "2011-06-15", "GetCallerIdentity", {})).text,
    )?.[1];
    return `arn:aws:iam::${account}:${rest}`;
  };
  const looks = {
    aws_lambda_function: async ({ name }) =>
      (await found(() => lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }))))
        ? name
        : null,
    aws_cloudwatch_log_group: async ({ name }) => {
      const answer = await found(() => logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name })));
      return answer?.logGroups?.some((group) => group.logGroupName === name) ? name : null;
    },
    aws_iam_role: async ({ name }) =>
      (await requests.query("iam", IAM, "GetRole", { RoleName: name })).ok ? name : null,
    aws_iam_policy: async ({ name }) => {
      const PolicyArn = await iamArn(`policy/${name}`);
      return (await requests.query("iam", IAM, "GetPolicy", { PolicyArn })).ok ? PolicyArn : null;
    },
    aws_iam_openid_connect_provider: async ({ name }) => {
      const OpenIDConnectProviderArn = await iamArn(`oidc-provider/${name.replace(/^https:\/\//, "")}`);
      return (await requests.query("iam", IAM, "GetOpenIDConnectProvider", { OpenIDConnectProviderArn })).ok
        ? OpenIDConnectProviderArn
        : null;
    },
    aws_dynamodb_table: async ({ name }) =>
      (await requests.json("dynamodb", "DynamoDB_20120810.DescribeTable", { TableName: name })).ok
        ? name
        : null,
    aws_ecr_repository: async ({ name }) =>
      (
        await requests.json("ecr", "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories", {
          repositoryNames: [name],
        })
      ).ok
        ? name
        : null,
    aws_ecs_cluster: async ({ name }) =>
      isActive(await requests.json("ecs", `${ECS}.DescribeClusters`, { clusters: [name] }), "clusters")
        ? name
        : null,
    aws_ecs_service: async ({ name, within }) => {
      if (within === null) return null;
      const answer = await requests.json("ecs", `${ECS}.DescribeServices`, {
        cluster: within,
        services: [name],
      });
      return isActive(answer, "services") ? `${within.split("/").at(-1)}/${name}` : null;
    },
    // 301: ours in another Region, or somebody's; either way it cannot be made.
    aws_s3_bucket: async ({ name }) => {
      const { ok, status } = await requests.bucket(name);
      return ok || status === 301 ? name : null;
    },
    aws_security_group: async ({ name, within }) => {
      if (within === null) return null;
      const { text } = await requests.query("ec2", "2016-11-15", "DescribeSecurityGroups", {
        "Filter.1.Name": "group-name",
        "Filter.1.Value.1": name,
        "Filter.2.Name": "vpc-id",
        "Filter.2.Value.1": within,
      });
      return /<groupId>([^<]+)/.exec(text)?.[1] ?? null;
    },
  };
  return {
    /** @param {{ type: string, name: string, within: string | null }} planned */
    find: (planned) => looks[planned.type](planned),
    close: () => {
      lambda.destroy();
      logs.destroy();
    },
  };
}

function isActive({ ok, text }, member) {
  return ok && (JSON.parse(text)[member] ?? []).some(({ status }) => status === "ACTIVE");
}

async function found(ask) {
  try {
    return await ask();
  } catch (error) {
    if (error.name === "ResourceNotFoundException" || /AccessDenied/.test(error.name)) return null;
    throw error;
  }
}
