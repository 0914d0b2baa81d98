/**
 * Explains why an apply waited in vain for a managed peer: reports what ECS says about the peer's service, and why the last tasks of
 * this service stopped. Terraform reports only that the service never became steady.
 */
import { z } from "zod";
import type { AwsRequests } from "./aws-request.ts";
import { describeTasks, listTasks } from "./tasks.ts";

const SERVICES = z.object({
  services: z
    .array(
      z.object({
        serviceName: z.string(),
        deployments: z
          .array(z.object({ rolloutState: z.string().nullish(), rolloutStateReason: z.string().nullish() }))
          .default([]),
        events: z.array(z.object({ message: z.string() })).default([]),
      }),
    )
    .default([]),
});

const EVENTS = 2;

export function isUnsteady(text: string): boolean {
  return /tfSTABLE|steady state|SERVICE_DEPLOYMENT|deployment failed: tasks failed to start/i.test(text);
}

/** Returns lines for the user. There are none if ECS says nothing, or if these credentials have no right to ask. */
export async function explainUnsteady(
  requests: Pick<AwsRequests, "json">,
  { cluster, services }: { readonly cluster: string; readonly services: readonly string[] },
): Promise<readonly string[]> {
  if (services.length === 0) return [];
  const described = await requests.json("ecs", "DescribeServices", { cluster, services });
  if (!described.ok) return [];
  const lines: string[] = [];
  for (const { serviceName, deployments, events } of described.read(SERVICES).services) {
    const failed = deployments.filter(({ rolloutState }) => rolloutState === "FAILED");
    if (deployments.length > 0 && deployments.every(({ rolloutState }) => rolloutState === "COMPLETED"))
      continue;
    const said = [
      ...failed.flatMap(({ rolloutStateReason }) => rolloutStateReason ?? []),
      ...events.slice(0, EVENTS).map(({ message }) => message),
      ...(await stoppedTasks(requests, { cluster, service: serviceName })),
    ];
    lines.push(...[...new Set(said)].map((text) => `${serviceName}: ${text}`));
  }
  return lines;
}

async function stoppedTasks(
  requests: Pick<AwsRequests, "json">,
  { cluster, service }: { readonly cluster: string; readonly service: string },
): Promise<readonly string[]> {
  const tasks = await listTasks(requests, { cluster, serviceName: service, desiredStatus: "STOPPED" })
    .then((arns) => describeTasks(requests, cluster, arns))
    .catch(() => []);
  return tasks
    .map(({ stoppedReason, containers }) =>
      [
        stoppedReason,
        ...containers.flatMap(({ reason, exitCode }) => [
          reason,
          exitCode == null ? null : `exit code ${exitCode}`,
        ]),
      ].filter((text) => text != null && text !== ""),
    )
    .filter((texts) => texts.length > 0)
    .map((texts) => `a task stopped: ${texts.join(", ")}`);
}
