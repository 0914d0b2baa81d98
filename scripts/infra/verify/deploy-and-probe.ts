/** Deploys the function of a verification, plans once more, and runs the probes, also if the apply failed after it had made the function. */
import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { join } from "node:path";
import { errorText } from "../../../harness/src/adapters/aws/error-text.ts";
import type { Machine } from "../../../harness/src/cli/machine.ts";
import { invariant } from "../../../harness/src/domain/invariant.ts";
import { planAndApply } from "../deploy.ts";
import { planChanges, prepare } from "../prepare.ts";
import type { Settings } from "../settings.ts";
import { linesNow } from "./log-lines.ts";
import { confirmed, differs, notReached, type ProbeResult } from "./probe.ts";
import { versionsOf, versionsSeen } from "./versions.ts";
import { PROBES } from "./probes/all-probes.ts";
import type { AnswerRecorder } from "./recording/answer-recorder.ts";
import type { RowId } from "./rows.ts";
import { INTERRUPTED, runProbes } from "./run-probes.ts";
import { withVerifyClients } from "./verify-clients.ts";
import { LABEL } from "./verify-settings.ts";

interface During {
  readonly machine: Machine;
  readonly kmsKeyArn: string | null;
  readonly recorder: AnswerRecorder;
  readonly signal: AbortSignal;
}

export async function deployAndProbe(
  settings: Settings,
  { machine, kmsKeyArn, recorder, signal }: During,
): Promise<ReadonlyMap<RowId, ProbeResult>> {
  const tell = (id: RowId, { outcome, text }: ProbeResult): void =>
    machine.stderr.write(`${id}: ${outcome}. ${text}\n`);
  const seen = await deploySeen(settings, machine, signal);
  for (const one of seen) tell(...one);
  const { name, region, folder } = settings;
  invariant(region !== null, "a deployment has a Region");
  const { running } = await prepare(settings);
  const functionName = `${name}-${LABEL}`;
  try {
    return await withVerifyClients({ region, running, recorder }, async (clients) => {
      const there = await clients.lambda
        .send(new GetFunctionConfigurationCommand({ FunctionName: functionName }))
        .then(
          () => null,
          (error: unknown) => errorText(error),
        );
      if (there !== null) {
        const why = notReached(`There is no function: ${there}`);
        return new Map([...seen, ...[...PROBES.keys()].map((id) => [id, why] as const)]);
      }
      const logGroup = `/aws/lambda/${functionName}`;
      const context = { ...clients, name, region, running, functionName, logGroup, kmsKeyArn, signal };
      const probed = await runProbes(PROBES, context, tell);
      // For the recording: the lines that no probe asked for.
      if (!signal.aborted) await linesNow(context).catch(() => []);
      return new Map([...seen, ...probed]);
    });
  } finally {
    machine.stderr.write(`The verification's files are in ${folder} until everything is removed.\n`);
  }
}

async function deploySeen(
  settings: Settings,
  machine: Machine,
  signal: AbortSignal,
): Promise<ReadonlyMap<RowId, ProbeResult>> {
  const deployed = await appliedTwice(settings, machine, signal);
  const seen = new Map<RowId, ProbeResult>([["deploy", deployed]]);
  // If even the work folder cannot be initialised, the row above says why.
  const versions = await versionsOf(settings).catch(() => null);
  return versions === null ? seen : seen.set("provider-6", versionsSeen(versions, deployed));
}

async function appliedTwice(settings: Settings, machine: Machine, signal: AbortSignal): Promise<ProbeResult> {
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
