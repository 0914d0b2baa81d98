/** Tier `full`: builds the images, deploys everything in place of the small deployment, and runs the probes. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { errorText } from "../../../harness/src/adapters/aws/error-text.ts";
import { notAvailable } from "../../../harness/src/base/errors.ts";
import type { FunctionOutput } from "../../../harness/src/settings/deployed.ts";
import { readDeployed } from "../deployed.ts";
import { startPeer, type LocalServices } from "../local-services.ts";
import { prepare } from "../prepare.ts";
import type { Settings } from "../settings.ts";
import { changeFunction, withVariables } from "./change-function.ts";
import type { Course, Results } from "./course.ts";
import { deployTwice, type DeployedTwice } from "./deploy-twice.ts";
import type { FullContext, Label } from "./full-probe.ts";
import { FULL_PROBES } from "./full-probes/all-full-probes.ts";
import { imagesStage } from "./images-stage.ts";
import { linesNow } from "./log-lines.ts";
import { INTERRUPTED, runProbes } from "./run-probes.ts";
import { notReached, type ProbeResult } from "./probe.ts";
import type { RowId } from "./rows.ts";
import { withVerifyClients, type VerifyClients } from "./verify-clients.ts";
import { wholeDeployment } from "./verify-settings.ts";

type StageResults = Pick<DeployedTwice, "denied"> & { readonly results: Results };

export async function fullStage(course: Course): Promise<StageResults> {
  const { user, facts, tell, recorder, signal } = course;
  const { running } = await prepare(wholeDeployment(user, facts, { peer: "none:none", runner: "none:none" }));
  return withVerifyClients({ region: facts.region, running, recorder }, async (clients) => {
    const seen = new Map<RowId, ProbeResult>();
    const note = (id: RowId, result: ProbeResult): void => {
      seen.set(id, result);
      tell(id, result);
    };
    const withoutProbes = (why: ProbeResult, denied: readonly string[] = []): StageResults => {
      for (const id of FULL_PROBES.keys()) note(id, why);
      return { denied, results: seen };
    };
    const { result, images } = await imagesStage(course, clients);
    note("image", result);
    if (signal.aborted) return withoutProbes(INTERRUPTED);
    if (images === null) return withoutProbes(notReached("Without images no task can start."));
    const settings = wholeDeployment(user, facts, images);
    const { result: deployed, denied } = await deployTwice(settings, course);
    note("whole", deployed);
    if (signal.aborted) return withoutProbes(INTERRUPTED, denied);
    let context: FullContext;
    try {
      context = await contextOf(settings, { clients, running, signal });
    } catch (error) {
      return withoutProbes(notReached(`The deployment is not complete: ${errorText(error)}`), denied);
    }
    const results = await runProbes(FULL_PROBES, context, tell);
    return { denied, results: new Map([...seen, ...results]) };
  });
}

interface StagePlace {
  readonly clients: VerifyClients;
  readonly running: LocalServices | null;
  readonly signal: AbortSignal;
}

async function contextOf(settings: Settings, { clients, running, signal }: StagePlace): Promise<FullContext> {
  const { name, folder } = settings;
  const { region, functions, runner } = await readDeployed(settings);
  const one = (label: Label): FunctionOutput => {
    const made = functions[label];
    if (made === undefined) throw notAvailable(`there is no function ${label}.`);
    return made;
  };
  if (runner == null) throw notAvailable("there is no runner.");
  const context = {
    ...clients,
    ...{ name, region, running, runner, signal },
    functions: { "init-connect": one("init-connect"), "handler-connect": one("handler-connect") },
  };
  if (running === null)
    return {
      ...context,
      peerLines: async (label) => {
        const logGroup = one(label).peer_log_group;
        if (logGroup == null) return [];
        return (await linesNow({ logs: clients.logs, logGroup, signal })).map(({ message }) => message);
      },
    };
  // moto starts no task, so the function of the probe `harm` gets a peer on this machine.
  const { host, port } = await startPeer(settings);
  const owner = { lambda: clients.lambda, functionName: one("init-connect").name, signal };
  await changeFunction(owner, await withVariables(owner, { PEER_HOST: host, PEER_PORT: String(port) }));
  const log = join(folder, "services", "peer.jsonl");
  return { ...context, peerLines: async () => (await readFile(log, "utf8")).trim().split("\n") };
}
