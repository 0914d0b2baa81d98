/** Removes everything that a verification made, including what a killed Terraform did not write into its state. */
import { setTimeout as sleep } from "node:timers/promises";
import { errorText } from "../../../harness/src/adapters/aws/error-text.ts";
import type { Machine } from "../../../harness/src/cli/machine.ts";
import { destroy } from "../destroy.ts";
import { startServices } from "../local-services.ts";
import type { Settings } from "../settings.ts";
import { sweep, type SweptUp } from "../sweep.ts";
import { removeApplyRole, type ApplyRole } from "./apply-role.ts";
import { caller } from "../aws-request.ts";
import { emptyBucket } from "../bucket.ts";
import { stopTask, tasksOf } from "./ecs.ts";
import { allNamesOf } from "./names.ts";
import { removeLeft } from "./remove-left.ts";
import { withVerifyClients, type VerifyClients } from "./verify-clients.ts";
import { smallDeployment, type DeploymentFacts } from "./verify-settings.ts";

const DESTROYS = 3;
/** The search for what is left is repeated, because AWS lists a resource by its tag for some minutes after it is gone. */
const SWEEPS = 15;
const BETWEEN_MS = 20_000;

export interface Removed {
  readonly swept: SweptUp;
  readonly failures: readonly unknown[];
}

export async function cleanUp(
  user: Pick<Settings, "root" | "tool">,
  facts: DeploymentFacts,
  { machine, role }: { readonly machine: Machine; readonly role: ApplyRole | null },
): Promise<Removed> {
  const settings = smallDeployment(user, facts);
  const { name, region, tier } = facts;
  const running = facts.target === "local" ? await startServices(settings) : null;
  return withVerifyClients({ region, running }, async (clients) => {
    const names = allNamesOf(name, tier);
    const look = (): Promise<SweptUp> => sweep({ name, region, running, destroyed: names });
    if (tier === "full") await releaseTasksAndBucket(facts, clients, machine);
    // After a kill, a subnet may exist that Terraform's state does not have. Until it is gone, its network cannot be destroyed.
    if (tier === "full" && role === null)
      await removeLeft((await look()).left, [], { clients, region, running });
    const failures = await destroyed(settings, machine, role);
    if (tier === "full")
      await reportFailure(machine, "The roles of infra/github", () =>
        removeApplyRole({ settings: { ...settings, region }, requests: clients.requests, running }),
      );
    for (let looks = 1; ; looks += 1) {
      const swept = await look();
      if (swept.left.length === 0 || looks === SWEEPS) return { swept, failures };
      await removeLeft(swept.left, names, { clients, region, running });
      if (looks > 1) await sleep(BETWEEN_MS);
    }
  });
}

/** Destroys with the documented policies, and after a failure with the user's own rights. Returns the errors of the attempts. */
async function destroyed(
  settings: Settings,
  machine: Machine,
  role: ApplyRole | null,
): Promise<readonly unknown[]> {
  const failures: unknown[] = [];
  while (failures.length < DESTROYS) {
    try {
      const credentials =
        role === null || failures.length > 0 ? {} : { credentials: await role.credentials() };
      await destroy({ ...settings, ...credentials }, machine);
      break;
    } catch (error) {
      failures.push(error);
      machine.stderr.write(
        `Destroying did not succeed (attempt ${failures.length} of ${DESTROYS}): ${errorText(error)}\n`,
      );
    }
  }
  return failures;
}

/** Neither a cluster that has a task nor a bucket that has objects can be removed. */
async function releaseTasksAndBucket(
  { name, region }: DeploymentFacts,
  { requests }: VerifyClients,
  machine: Machine,
): Promise<void> {
  const cluster = `${name}-runner`;
  const tasks = await tasksOf(requests, cluster).catch(() => []);
  for (const { taskArn } of tasks) await stopTask(requests, cluster, taskArn).catch(() => undefined);
  await reportFailure(machine, "The bucket for results", async () => {
    const { account } = await caller(requests);
    await emptyBucket(requests, `${name}-runs-${account}-${region}`);
  });
}

/** Does not throw if `remove` fails, so that the other resources are removed nevertheless. */
async function reportFailure(machine: Machine, what: string, remove: () => Promise<void>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    machine.stderr.write(`${what} could not be removed: ${errorText(error)}\n`);
  }
}
