/** `longrun doctor`: checks whether this machine, or an AWS account, has what a run needs. It writes only into a cache. */
import type { RunTarget } from "../../domain/target.ts";
import type { LabelledName } from "../../settings/function-choice.ts";
import type { Problem } from "../../settings/problem.ts";
import type { FlagValues } from "../../settings/setting-table.ts";
import { toggle } from "../../settings/setting.ts";
import {
  ENDPOINT,
  FUNCTION,
  JSON_OUTPUT,
  LOCAL_REGION,
  REGION,
  regionOf,
  TARGET,
  TERRAFORM_OUTPUTS,
} from "../../settings/shared-settings.ts";
import { doctorExitCode } from "../../doctor/doctor-exit-code.ts";
import type { DoctorFinding } from "../../doctor/doctor-finding.ts";
import { isLongrunError, type LongrunError } from "../../domain/errors.ts";
import { OFFERED_RUNTIMES, runtimeOf } from "../../runtimes/all-runtimes.ts";
import { runsRelease } from "../../runtimes/runs-release.ts";
import { OFFERED_NODES } from "../../runtimes/node.ts";
import type { ExitCode } from "../../domain/exit-codes.ts";
import { command } from "../command.ts";
import { doctorText } from "../doctor/doctor-text.ts";
import type { Machine } from "../machine.ts";
import { usageError } from "../usage-error.ts";

const SETTINGS = {
  target: { ...TARGET, help: "What to look at: this machine, or an AWS account." },
  function: FUNCTION,
  terraformOutputs: TERRAFORM_OUTPUTS,
  region: REGION,
  endpoint: { ...ENDPOINT, help: "A running engine (longrun serve) whose functions to look at." },
  installRuntimes: toggle(
    "install-runtimes",
    `Put the interpreters of ${OFFERED_NODES.join(", ")} from npm into a cache.`,
  ),
  installRic: toggle(
    "install-ric",
    "Install AWS's runtime clients into the cache too: awslambdaric from PyPI for each installed Python, the client for Java from Maven Central, and aws-lambda-ric for Node, which is compiled (needs a compiler, cmake and autotools).",
  ),
  json: { ...JSON_OUTPUT, help: "Print the findings as JSON." },
} as const;

type Flags = FlagValues<typeof SETTINGS>;

export const doctor = command({
  name: "doctor",
  summary: "check this machine, or an AWS account, for what a run needs",
  description:
    "Checks each thing that a run needs, and says what was found and what to do about it. Nothing is changed; --install-runtimes and --install-ric fill a cache.\n\n" +
    "Exit code 0: clear. 1: a problem. 69: something could not be checked, for example because a permission is missing; docs/permissions.md lists them.",
  positional: null,
  settings: SETTINGS,
  examples: [
    { command: "longrun doctor", does: "this machine" },
    { command: "longrun doctor --install-runtimes", does: "with a Node for each runtime" },
    {
      command: "longrun doctor --target aws --region eu-central-1 --function my-function",
      does: "an account, and a function in it",
    },
    {
      command: "terraform -chdir=infra output -json |\n    longrun doctor --target aws --terraform-outputs -",
      does: "what Terraform deployed",
    },
  ],
  reportsProblems: true,
  run: async (machine, { values, problems }): Promise<ExitCode> => {
    const findings = await look(machine, values, problems);
    machine.stdout.write(
      values.json === true
        ? `${JSON.stringify({ exitCode: doctorExitCode(findings), findings }, null, 2)}\n`
        : doctorText(findings),
    );
    return doctorExitCode(findings);
  },
});

async function look(
  machine: Machine,
  flags: Flags,
  given: readonly Problem[],
): Promise<readonly DoctorFinding[]> {
  const place = await settle(machine, flags);
  const problems = [...given, ...problemsOf(flags, place)];
  if (problems.length > 0) throw usageError("doctor", problems);
  if (flags["install-runtimes"] === true) await install(machine);
  if (flags["install-ric"] === true) await installClients(machine);
  const local = place.target === "local" ? await machineFindings(machine) : [];
  if (place.target === "local" && place.endpoint === null) return local;
  return [...local, ...(await accountFindings(place))];
}

interface Place {
  readonly target: RunTarget;
  readonly endpoint: string | null;
  readonly region: string | null;
  readonly functions: readonly string[];
}

async function settle(machine: Machine, flags: Flags): Promise<Place> {
  const deployed =
    flags["terraform-outputs"] === undefined
      ? null
      : await (await import("../soak/read-deployed.ts")).readDeployed(machine, flags["terraform-outputs"]);
  const endpoint = flags.endpoint ?? deployed?.endpoint ?? null;
  const target = flags.target ?? (deployed !== null && deployed.endpoint === null ? "aws" : "local");
  const ofEngine = endpoint === null ? null : LOCAL_REGION;
  const region = flags.region ?? deployed?.region ?? regionOf(machine.environment) ?? ofEngine;
  const named = (flags.function ?? []).map(
    ({ name }: LabelledName) => deployed?.functions.find((one) => one.label === name)?.name ?? name,
  );
  return {
    target,
    endpoint,
    region,
    functions: named.length > 0 ? named : (deployed?.functions ?? []).map(({ name }) => name),
  };
}

function problemsOf(flags: Flags, { target, endpoint, region, functions }: Place): readonly Problem[] {
  const problems: Problem[] = [];
  if (target === "aws" && region === null)
    problems.push({ where: "--region", text: "expected --region or AWS_REGION with --target aws" });
  for (const name of ["install-runtimes", "install-ric"] as const)
    if (target === "aws" && flags[name] === true)
      problems.push({ where: `--${name}`, text: "goes with --target local only" });
  if (target === "aws" && endpoint !== null)
    problems.push({ where: "--endpoint", text: "goes with --target local only: an engine is not AWS" });
  if (target === "local" && endpoint === null && functions.length > 0)
    problems.push({ where: "--function", text: "needs --endpoint of a running engine, or --target aws" });
  return problems;
}

async function install(machine: Machine): Promise<void> {
  const { installRuntime, runtimeNode } = await import("../../adapters/toolchains/node/runtime-nodes.ts");
  for (const runtime of OFFERED_NODES) {
    if (runtimeNode(runtime, machine.environment).nodeFile !== null) continue;
    machine.stderr.write(`installing Node for ${runtime} from npm\n`);
    await installRuntime(runtime, machine.environment);
  }
}

/** Installs each client on its own, so that one failure does not stop the others. Throws the first problem at the end. */
async function installClients(machine: Machine): Promise<void> {
  const [{ installRic, ricPackages }, { bringClient, interpreterOf }] = await Promise.all([
    import("../../adapters/toolchains/node/ric-packages.ts"),
    import("../../adapters/toolchains/interpreters.ts"),
  ]);
  const { environment, stderr } = machine;
  const problems: LongrunError[] = [];
  const attempt = async (install: () => Promise<void>): Promise<void> => {
    try {
      await install();
    } catch (error) {
      if (!isLongrunError(error)) throw error;
      stderr.write(`${error.message}\n`);
      problems.push(error);
    }
  };
  const find = interpreterOf(environment);
  for (const runtime of OFFERED_RUNTIMES) {
    const interpreter = find(runtime);
    if (interpreter === null || !runsRelease(interpreter.version, runtimeOf(runtime).version.release))
      continue;
    await attempt(() => bringClient(runtime, environment, (line) => void stderr.write(`${line}\n`)));
  }
  for (const { runtime, version } of ricPackages(environment)) {
    if (version !== null) continue;
    stderr.write(`building aws-lambda-ric for ${runtime} from npm; this takes minutes\n`);
    await attempt(() => installRic(runtime, environment));
  }
  const [first] = problems;
  if (first !== undefined) throw first;
}

async function machineFindings(machine: Machine): Promise<readonly DoctorFinding[]> {
  const [{ lookAtMachine }, { diagnoseMachine }] = await Promise.all([
    import("../doctor/look-at-machine.ts"),
    import("../../doctor/diagnose-machine.ts"),
  ]);
  return diagnoseMachine(await lookAtMachine(machine.environment));
}

async function accountFindings({ region, endpoint, functions }: Place): Promise<readonly DoctorFinding[]> {
  const [{ lookAtAccount }, { serviceConnection }, { diagnoseAccount }] = await Promise.all([
    import("../../adapters/aws/account-look.ts"),
    import("../../adapters/aws/service-connection.ts"),
    import("../../doctor/diagnose-account.ts"),
  ]);
  return diagnoseAccount(
    await lookAtAccount(serviceConnection({ region: region ?? LOCAL_REGION, endpoint }), functions),
  );
}
