/**
 * `make prove`: shows the failure and proves the fix in minutes, by `longrun soak --provoke versions`. On AWS it deploys first if nothing is
 * deployed; CLEAN=1 removes the deployment. Locally the soak brings its own engine and peers, so there is nothing to deploy or to remove.
 */
import { readFileSync } from "node:fs";
import type { Machine } from "../../harness/src/cli/machine.ts";
import { wrongInput, notAvailable } from "../../harness/src/base/errors.ts";
import type { FunctionOutput } from "../../harness/src/settings/deployed.ts";
import { planAndApply } from "./deploy.ts";
import { findDeployed, readDeployed, type DeployedStack } from "./deployed.ts";
import { proofCost } from "./deployment-costs.ts";
import { destroy } from "./destroy.ts";
import { runLongrun } from "./longrun-command.ts";
import { readSettings, type Settings } from "./settings.ts";
import { EXPECTED, soakArguments } from "./soak.ts";

const PROVOKE = ["--provoke", "versions"] as const;
/** Twenty invocations on AWS. */
const AWS = { duration: "5m", interval: "15s" } as const;

export async function prove(settings: Settings, machine: Machine): Promise<number> {
  const { CLEAN: clean = "" } = machine.environment;
  if (settings.target === "local") {
    if (clean === "") return (await runLongrun(settings, localProof(settings))).code;
    machine.stderr.write("Nothing to remove: a local proof removes everything itself.\n");
    return 0;
  }
  const read = (startsTasks: boolean): Settings =>
    readSettings(machine.environment, settings.root, {
      plans: true,
      startsTasks,
      readText: (path) => readFileSync(path, "utf8"),
    });
  if (clean !== "") return destroy(read(false), machine);
  const found = await findDeployed(settings);
  if (found === null) {
    const complete = read(true);
    machine.stderr.write(`${proofCost(complete.peer?.kind === "managed")}\n\n`);
    await planAndApply(complete, machine);
  } else refuseOtherPeer(machine.environment["PEER"] ?? "", found);
  const code = (await runLongrun(settings, awsProof(settings, found ?? (await readDeployed(settings))))).code;
  machine.stderr.write(
    "\nThe deployment stays, and costs until it is removed: make prove TARGET=aws CLEAN=1\n",
  );
  return code;
}

/** `given`: PEER, empty if it was not given. A proof takes what is deployed as it is, so it must not seem to use another peer. */
export function refuseOtherPeer(given: string, { functions }: Pick<DeployedStack, "functions">): void {
  const isGiven = ({ peer, peer_log_group: log }: FunctionOutput): boolean =>
    given === "managed" ? log != null : peer === given;
  const other = Object.values(functions).find((one) => !isGiven(one));
  if (given === "" || other === undefined) return;
  throw wrongInput(
    `PEER=${given} was given, but ${other.name} is deployed with the peer ${other.peer ?? "unknown"}.`,
    {
      hint: "make deploy TARGET=aws with PEER, IMAGE and VARS deploys the difference; then make prove TARGET=aws, without PEER.",
    },
  );
}

export function localProof({
  duration,
  out,
  seed,
}: Pick<Settings, "duration" | "out" | "seed">): readonly string[] {
  return [
    "soak",
    ...PROVOKE,
    ...["--duration", duration ?? "60s", "--seed", seed],
    ...Object.entries(EXPECTED).flatMap(([label, verdict]) => [
      "--function",
      label,
      "--expect",
      `${label}=${verdict}`,
    ]),
    ...(out === null ? [] : ["--out", out]),
  ];
}

/**
 * Of what is deployed, only the two designs of which one fails and one is the fix. Their verdicts are expected where the peer's log shows who
 * held it.
 */
export function awsProof(
  settings: Parameters<typeof soakArguments>[0],
  deployed: Pick<DeployedStack, "region" | "endpoint" | "functions">,
): readonly string[] {
  const functions = Object.fromEntries(
    Object.entries(deployed.functions).filter(([label]) => EXPECTED[label] !== undefined),
  );
  if (Object.keys(functions).length === 0)
    throw notAvailable(
      `Neither ${Object.keys(EXPECTED).join(" nor ")} is deployed, only ${Object.keys(deployed.functions).join(", ")}.`,
      { hint: "longrun soak --provoke versions --target aws --function NAME provokes any function." },
    );
  const duration = settings.duration ?? AWS.duration;
  const args = soakArguments({ ...settings, duration }, { ...deployed, functions });
  const expected = Object.entries(functions).flatMap(([label, { peer_log_group: log }]) =>
    log == null ? [] : ["--expect", `${label}=${EXPECTED[label]}`],
  );
  return [...args, ...PROVOKE, "--interval", AWS.interval, ...expected];
}
