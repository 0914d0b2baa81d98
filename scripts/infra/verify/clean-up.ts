/**
 * Removes a verification's deployment: destroys, again if that was interrupted or failed, sweeps, and removes by name what a killed Terraform
 * made without writing it into its state.
 */
import { DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DeleteFunctionCommand } from "@aws-sdk/client-lambda";
import { setTimeout as sleep } from "node:timers/promises";
import { errorText } from "../../../harness/src/adapters/aws/error-text.ts";
import type { Machine } from "../../../harness/src/cli/machine.ts";
import { invariant } from "../../../harness/src/domain/invariant.ts";
import { destroy } from "../destroy.ts";
import { startServices } from "../local-services.ts";
import type { Settings } from "../settings.ts";
import { sweep, type Swept } from "../sweep.ts";
import { namesOf } from "./names.ts";
import { withVerifyClients, type VerifyClients } from "./verify-clients.ts";
import { LABEL } from "./verify-settings.ts";

const DESTROYS = 3;
/** AWS lists a resource by its tag for some minutes after it is gone. */
const SWEEPS = 15;
const BETWEEN_MS = 20_000;
const IAM = "2010-05-08";
const MONITORING = "2010-08-01";

export async function cleanUp(settings: Settings, machine: Machine): Promise<Swept> {
  for (let attempt = 1; attempt <= DESTROYS; attempt += 1) {
    try {
      await destroy(settings, machine);
      break;
    } catch (error) {
      machine.stderr.write(
        `Destroying did not succeed (attempt ${attempt} of ${DESTROYS}): ${errorText(error)}\n`,
      );
    }
  }
  const running = settings.target === "local" ? await startServices(settings) : null;
  const { name, region } = settings;
  invariant(region !== null, "a deployment has a Region");
  for (let look = 1; ; look += 1) {
    const swept = await sweep({ name, region, running, destroyed: namesOf(name) });
    if (swept.left.length === 0 || look === SWEEPS) return swept;
    await withVerifyClients({ region, running }, (clients) => removeByName(name, clients));
    if (look > 1) await sleep(BETWEEN_MS);
  }
}

async function removeByName(name: string, { lambda, logs, requests }: VerifyClients): Promise<void> {
  const made = `${name}-${LABEL}`;
  const role = { RoleName: `${made}-function` };
  const alarms = ["errors", "throttles", "refused"].map(
    (kind, index) => [`AlarmNames.member.${index + 1}`, `${made}-${kind}`] as const,
  );
  // What is gone already answers with an error. The next sweep says what still exists.
  await Promise.allSettled([
    lambda.send(new DeleteFunctionCommand({ FunctionName: made })),
    logs.send(new DeleteLogGroupCommand({ logGroupName: `/aws/lambda/${made}` })),
    requests.query("monitoring", MONITORING, "DeleteAlarms", Object.fromEntries(alarms)),
    requests.json("dynamodb", "DynamoDB_20120810.DeleteTable", { TableName: `${name}-leases` }),
    requests.query("iam", IAM, "DeleteRolePolicy", { ...role, PolicyName: "function" }),
  ]);
  await requests.query("iam", IAM, "DeleteRole", role);
}
