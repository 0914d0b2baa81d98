/** Tier `lambda`: deploys its function and runs the probes, also if the apply failed after it had made the function. */
import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { errorText } from "../../../harness/src/adapters/aws/error-text.ts";
import { prepare } from "../prepare.ts";
import type { Course, Results } from "./course.ts";
import type { Settings } from "../settings.ts";
import { deployTwice, type DeployedTwice } from "./deploy-twice.ts";
import { linesNow } from "./log-lines.ts";
import { notReached, type ProbeResult } from "./probe.ts";
import { PROBES } from "./probes/all-probes.ts";
import type { RowId } from "./rows.ts";
import { INTERRUPTED, runProbes } from "./run-probes.ts";
import { withVerifyClients } from "./verify-clients.ts";
import { LABEL, smallDeployment } from "./verify-settings.ts";
import { versionsOf, versionsSeen } from "./versions.ts";

export async function lambdaStage(
  course: Course,
): Promise<Pick<DeployedTwice, "denied"> & { readonly results: Results }> {
  const { user, facts, tell, signal } = course;
  const settings = smallDeployment(user, facts);
  const { result: deployed, denied } = await deployTwice(settings, course);
  const seen = new Map<RowId, ProbeResult>([["deploy", deployed]]);
  // Fails if the work folder could not be initialised. The result of the row `deploy` has the reason.
  const versions = await versionsOf(settings).catch(() => null);
  if (versions !== null) seen.set("provider-6", versionsSeen(versions, deployed));
  for (const one of seen) tell(...one);
  const results = await probe(settings, course).catch((error: unknown) => {
    // After Ctrl-C an error is expected, because Ctrl-C also ends the programs that were running.
    if (!signal.aborted) throw error;
    return everyProbe(INTERRUPTED);
  });
  return { denied, results: new Map([...seen, ...results]) };
}

async function probe(
  settings: Settings,
  { user, facts, tell, recorder, signal }: Course,
): Promise<ReadonlyMap<RowId, ProbeResult>> {
  const { name, region, kmsKeyArn, folder } = facts;
  const { running } = await prepare(settings);
  const functionName = `${name}-${LABEL}`;
  return withVerifyClients({ region, running, recorder }, async (clients) => {
    const unread = await clients.lambda
      .send(new GetFunctionConfigurationCommand({ FunctionName: functionName }))
      .then(
        () => null,
        (error: unknown) => errorText(error),
      );
    if (unread !== null) return everyProbe(notReached(`The function could not be read: ${unread}`));
    const logGroup = `/aws/lambda/${functionName}`;
    const context = {
      ...clients,
      name,
      region,
      running,
      functionName,
      logGroup,
      kmsKeyArn,
      ...{ folder, tool: user.tool, signal },
    };
    const probed = await runProbes(PROBES, context, tell);
    // The recording then also has the lines that no probe asked for.
    if (!signal.aborted) await linesNow(context).catch(() => []);
    return probed;
  });
}

function everyProbe(result: ProbeResult): ReadonlyMap<RowId, ProbeResult> {
  return new Map([...PROBES.keys()].map((id) => [id, result] as const));
}
