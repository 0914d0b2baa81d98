/** Deploys the function of a verification, plans once more, and runs the probes, also if the apply failed after it had made the function. */
import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { join } from "node:path";
import { errorText } from "../../../harness/src/adapters/aws/error-text.ts";
import type { Machine } from "../../../harness/src/cli/machine.ts";
import { invariant } from "../../../harness/src/domain/invariant.ts";
import { planAndApply } from "../deploy.ts";
import { planChanges, prepare } from "../prepare.ts";
import type { Settings } from "../settings.ts";
import { confirmed, differs, notReached, type ProbeResult } from "./probe.ts";
import { PROBES } from "./probes/all-probes.ts";
import type { RowId } from "./rows.ts";
import { INTERRUPTED, runProbes } from "./run-probes.ts";
import { withVerifyClients } from "./verify-clients.ts";
import { LABEL } from "./verify-settings.ts";

interface During {
  readonly machine: Machine;
  readonly signal: AbortSignal;
}

export async function deployAndProbe(
  settings: Settings,
  { machine, signal }: During,
): Promise<ReadonlyMap<RowId, ProbeResult>> {
  const tell = (id: RowId, { outcome, text }: ProbeResult): void =>
    machine.stderr.write(`${id}: ${outcome}. ${text}\n`);
  const deployed = await deploySeen(settings, machine, signal);
  tell("deploy", deployed);
  const { target, name, region, folder } = settings;
  invariant(region !== null, "a deployment has a Region");
  const { running } = await prepare(settings);
  const functionName = `${name}-${LABEL}`;
  try {
    return await withVerifyClients({ region, running }, async (clients) => {
      const there = await clients.lambda
        .send(new GetFunctionConfigurationCommand({ FunctionName: functionName }))
        .then(
          () => null,
          (error: unknown) => errorText(error),
        );
      if (there !== null) {
        const why = notReached(`There is no function: ${there}`);
        return new Map([["deploy", deployed], ...[...PROBES.keys()].map((id) => [id, why] as const)]);
      }
      const logGroup = `/aws/lambda/${functionName}`;
      const context = { ...clients, target, region, functionName, logGroup, signal };
      return new Map([["deploy", deployed], ...(await runProbes(PROBES, context, tell))]);
    });
  } finally {
    machine.stderr.write(`The verification's files are in ${folder} until everything is removed.\n`);
  }
}

async function deploySeen(settings: Settings, machine: Machine, signal: AbortSignal): Promise<ProbeResult> {
  try {
    await planAndApply(settings, machine);
    const file = join(settings.folder, "terraform", "second-plan");
    const changes = await planChanges(settings, await prepare(settings), { file, destroy: false });
    return changes
      ? differs("The apply succeeded, but a second plan is not empty.")
      : confirmed("The apply succeeded, and a second plan is empty.");
  } catch (error) {
    if (signal.aborted) return INTERRUPTED;
    const text = errorText(error);
    // A new account's quota is no fault of the deployment.
    return /UnreservedConcurrentExecution/i.test(text)
      ? notReached(`The account is too small to reserve concurrency: ${text}`)
      : differs(text);
  }
}
