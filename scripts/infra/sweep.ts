/**
 * Looks for resources that still exist after a destroy: by tag, and by the names of the destroyed resources. AWS services make log groups
 * that Terraform does not know. They have no tag, so they are looked for by the names that they have for this deployment: a prefix such as
 * longrun- would also match those of a deployment longrun-prod.
 */
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { z } from "zod";
import { serviceConnection } from "../../harness/src/adapters/aws/service-connection.ts";
import { awsRequests, type AwsRequests } from "./aws-request.ts";
import type { LocalServices } from "./local-services.ts";
import { nameLook } from "./look-for-name.ts";
import type { PlannedName } from "./planned-names.ts";

const TAGGED = z.object({
  ResourceTagMappingList: z.array(z.object({ ResourceARN: z.string() })).default([]),
  PaginationToken: z.string().nullish(),
});

export interface SweptUp {
  /** What still exists: ARNs, or a kind of resource and its name. */
  readonly left: readonly string[];
  readonly unknown: readonly string[];
}

export async function sweep(options: {
  readonly name: string;
  readonly region: string;
  /** Null on AWS. */
  readonly running: Pick<LocalServices, "engine" | "services"> | null;
  readonly destroyed: readonly PlannedName[];
}): Promise<SweptUp> {
  const { name, region, running, destroyed } = options;
  const requests = await awsRequests({ region, endpoint: running?.services ?? null });
  const looks = [
    tagged(requests, name),
    named(destroyed, { region, local: running }),
    logGroups([...groupsOf(name, destroyed)], { region, endpoint: running?.engine ?? null }),
  ];
  const results = await Promise.allSettled(looks);
  const left = results.flatMap((result) => (result.status === "fulfilled" ? result.value : []));
  const unknown = results.flatMap((result) =>
    result.status === "rejected" ? [String((result.reason as Error).message)] : [],
  );
  return { left: [...new Set(left)].sort(), unknown };
}

/** Empty if nothing is left and everything could be looked up. */
export function sweptText({ left, unknown }: SweptUp): string {
  const lines = [
    ...(left.length === 0
      ? []
      : [
          "These still exist. AWS shows some for a few minutes after they are gone; remove the others by hand:",
          ...left.map((one) => `  ${one}`),
        ]),
    ...unknown.map((why) => `Not everything could be looked up: ${why}`),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

async function tagged(requests: AwsRequests, name: string): Promise<readonly string[]> {
  const found: string[] = [];
  let token = "";
  do {
    const answer = await requests.json("tagging", "GetResources", {
      TagFilters: [{ Key: "Longrun", Values: [name] }],
      ...(token === "" ? {} : { PaginationToken: token }),
    });
    if (!answer.ok) throw new Error(`resources by tag (tag:GetResources): ${answer.type ?? answer.status}`);
    const page = answer.read(TAGGED);
    for (const { ResourceARN: arn } of page.ResourceTagMappingList)
      if (!(await isGone(requests, arn))) found.push(arn);
    token = page.PaginationToken ?? "";
  } while (token !== "");
  return found;
}

/** Whether a resource that AWS still lists by its tag was deleted. AWS goes on listing deleted resources of the kinds that are checked here. */
async function isGone(requests: AwsRequests, arn: string): Promise<boolean> {
  const [kind = "", id = "", service = ""] = arn.split(":").slice(5).join(":").split("/");
  // ECS keeps the text of a task definition that was deregistered. It costs nothing.
  if (kind === "task-definition") return true;
  if (kind === "cluster") {
    const answer = await requests.json("ecs", "DescribeClusters", { clusters: [id] });
    return answer.ok && !answer.text.includes('"ACTIVE"');
  }
  if (kind === "service" && service !== "") {
    const body = { cluster: id, services: [service] };
    const answer = await requests.json("ecs", "DescribeServices", body);
    // A cluster that is gone has no services.
    return answer.ok ? !/"(ACTIVE|DRAINING)"/.test(answer.text) : answer.type === "ClusterNotFoundException";
  }
  if (kind !== "natgateway") return false;
  const { text } = await requests.query("ec2", "DescribeNatGateways", { "NatGatewayId.1": id });
  return /<state>delet/.test(text);
}

async function named(
  destroyed: readonly PlannedName[],
  place: Parameters<typeof nameLook>[0],
): Promise<readonly string[]> {
  const look = await nameLook(place);
  try {
    const found: string[] = [];
    for (const one of destroyed) if ((await look.find(one)) !== null) found.push(`${one.what} ${one.name}`);
    return found;
  } finally {
    look.close();
  }
}

/** Each text is the name of a log group, or its beginning if it ends with a slash. */
function groupsOf(name: string, destroyed: readonly PlannedName[]): ReadonlySet<string> {
  const functions = destroyed.filter(({ type }) => type === "aws_lambda_function");
  return new Set([
    ...functions.map((one) => `/aws/lambda/${one.name}`),
    `/longrun/${name}/`,
    `/aws/ecs/containerinsights/${name}-peers/`,
    `/aws/ecs/containerinsights/${name}-runner/`,
  ]);
}

async function logGroups(
  sought: readonly string[],
  connection: Parameters<typeof serviceConnection>[0],
): Promise<readonly string[]> {
  const logs = new CloudWatchLogsClient(serviceConnection(connection));
  try {
    const found: string[] = [];
    for (const logGroupNamePrefix of sought) {
      const { logGroups: groups = [] } = await logs.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix }),
      );
      const names = groups.flatMap(({ logGroupName }) => logGroupName ?? []);
      found.push(...names.filter((name) => logGroupNamePrefix.endsWith("/") || name === logGroupNamePrefix));
    }
    return found.map((name) => `log group ${name}`);
  } finally {
    logs.destroy();
  }
}
