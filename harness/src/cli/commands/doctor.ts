import { isLongrunError, type LongrunError } from "../../base/errors.ts";
import { LOCAL_REGION } from "../../words/local-region.ts";
import type { RunTarget } from "../../words/target.ts";
import type { LabelledName } from "../../settings/function-choice.ts";
import type { Problem } from "../../settings/problem.ts";
import type { FlagValues } from "../../settings/setting-table.ts";
import { toggle } from "../../settings/setting.ts";
import {
  ENDPOINT,
  FUNCTION,
  JSON_OUTPUT,
  REGION,
  regionOf,
  TARGET,
  TERRAFORM_OUTPUTS,
} from "../../settings/shared-settings.ts";
import { doctorExitCode } from "../../doctor/doctor-exit-code.ts";
import type { DoctorFinding } from "../../doctor/doctor-finding.ts";
import { OFFERED_NODES } from "../../catalogue/runtimes/node.ts";
import type { ExitCode } from "../../words/exit-codes.ts";
import { command } from "../command.ts";
import { COLUMNS, doctorText } from "../doctor/doctor-text.ts";
import type { Machine } from "../machine.ts";
import { wrapWords } from "../../report/text/wrap-words.ts";
import { usageError } from "../usage-error.ts";

const SETTINGS = {
  target: { ...TARGET, help: "What to check: this machine, or an AWS account." },
  function: FUNCTION,
  terraformOutputs: TERRAFORM_OUTPUTS,
  region: REGION,
  endpoint: { ...ENDPOINT, help: "A running engine (longrun serve) whose functions to check." },
  installRuntimes: toggle(
    "install-runtimes",
    `Install Node for ${OFFERED_NODES.join(", ")} from npm into a cache, and show how to install other interpreters.`,
  ),
  installRic: toggle(
    "install-ric",
    "Install AWS's runtime clients into the cache: awslambdaric from PyPI for each installed Python, the client for Java from Maven Central with an archive of its classes for each installed Java, and aws-lambda-ric for Node, which is compiled (needs a compiler, cmake and autotools). If one fails, the others are still installed.",
  ),
  json: { ...JSON_OUTPUT, help: "Print the findings as JSON." },
} as const;

type Flags = FlagValues<typeof SETTINGS>;

export const doctor = command({
  name: "doctor",
  description:
    "Checks each thing that a run needs, and says what was found and what to do about it. Nothing is changed; --install-runtimes and --install-ric fill a cache.\n\n" +
    "Exit code 0: clear. 1: a problem. 69: something could not be checked, for example because a permission is missing; docs/permissions.md lists them.",
  positional: null,
  settings: SETTINGS,
  examples: [
    { command: "longrun doctor", does: "this machine" },
    {
      command: "longrun doctor --install-runtimes",
      does: "this machine, and install a Node for each runtime",
    },
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
    const { findings, failure } = await look(machine, values, problems);
    machine.stdout.write(
      values.json === true
        ? `${JSON.stringify({ exitCode: doctorExitCode(findings), findings }, null, 2)}\n`
        : doctorText(findings),
    );
    if (failure !== null) throw failure;
    return doctorExitCode(findings);
  },
});

interface Looked {
  readonly findings: readonly DoctorFinding[];
  /** A program could not be installed. The findings are printed all the same. */
  readonly failure: LongrunError | null;
}

async function look(machine: Machine, flags: Flags, given: readonly Problem[]): Promise<Looked> {
  const checked = await settle(machine, flags);
  const problems = [...given, ...problemsOf(flags, checked)];
  if (problems.length > 0) throw usageError("doctor", problems);
  const failure = await install(machine, flags);
  const local = checked.target === "local" ? await machineFindings(machine) : [];
  if (checked.target === "local" && checked.endpoint === null) return { findings: local, failure };
  return { findings: [...local, ...(await accountFindings(checked))], failure };
}

async function install({ environment, stderr }: Machine, flags: Flags): Promise<LongrunError | null> {
  const wanted = { runtimes: flags["install-runtimes"] === true, clients: flags["install-ric"] === true };
  if (!wanted.runtimes && !wanted.clients) return null;
  const { installPrograms } = await import("../doctor/install-programs.ts");
  const report = (text: string): void =>
    void stderr.write(
      `${text
        .split("\n")
        .flatMap((line) => wrapWords(line, COLUMNS))
        .join("\n")}\n`,
    );
  try {
    await installPrograms(wanted, environment, report);
    return null;
  } catch (error) {
    if (isLongrunError(error)) return error;
    throw error;
  }
}

interface Checked {
  readonly target: RunTarget;
  readonly endpoint: string | null;
  readonly region: string | null;
  readonly functions: readonly string[];
}

async function settle(machine: Machine, flags: Flags): Promise<Checked> {
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

function problemsOf(flags: Flags, { target, endpoint, region, functions }: Checked): readonly Problem[] {
  const problems: Problem[] = [];
  if (target === "aws" && region === null)
    problems.push({ where: "--region", text: "expected --region or AWS_REGION with --target aws" });
  for (const name of ["install-runtimes", "install-ric"] as const)
    if (target === "aws" && flags[name] === true)
      problems.push({ where: `--${name}`, text: "works only with --target local" });
  if (target === "aws" && endpoint !== null)
    problems.push({ where: "--endpoint", text: "works only with --target local: an engine is not AWS" });
  if (target === "local" && endpoint === null && functions.length > 0)
    problems.push({ where: "--function", text: "needs --endpoint of a running engine, or --target aws" });
  return problems;
}

async function machineFindings(machine: Machine): Promise<readonly DoctorFinding[]> {
  const [{ lookAtMachine }, { diagnoseMachine }] = await Promise.all([
    import("../doctor/look-at-machine.ts"),
    import("../../doctor/diagnose-machine.ts"),
  ]);
  return diagnoseMachine(await lookAtMachine(machine.environment));
}

async function accountFindings({ region, endpoint, functions }: Checked): Promise<readonly DoctorFinding[]> {
  const [{ lookAtAccount }, { serviceConnection }, { diagnoseAccount }] = await Promise.all([
    import("../../adapters/aws/account-look.ts"),
    import("../../adapters/aws/service-connection.ts"),
    import("../../doctor/diagnose-account.ts"),
  ]);
  return diagnoseAccount(
    await lookAtAccount(serviceConnection({ region: region ?? LOCAL_REGION, endpoint }), functions),
  );
}
