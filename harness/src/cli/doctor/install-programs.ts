/**
 * Installs interpreters and AWS's runtime clients into the cache, one by one. If one cannot be installed, the others still are. Each step is
 * reported before it begins.
 */
import { installClient, interpreterOf } from "../../adapters/toolchains/interpreters.ts";
import { installRic, ricPackages } from "../../adapters/toolchains/node/ric-packages.ts";
import { installRuntime, runtimeNode } from "../../adapters/toolchains/node/runtime-nodes.ts";
import type { EnvironmentVariables } from "../../domain/environment-variables.ts";
import { isLongrunError, LongrunError } from "../../domain/errors.ts";
import { RUNNABLE_RUNTIMES, runtimeOf } from "../../runtimes/all-runtimes.ts";
import { node, OFFERED_NODES } from "../../runtimes/node.ts";
import { runsRelease } from "../../runtimes/runs-release.ts";

type Report = (line: string) => void;

interface Step {
  /** The line that is reported before the step. Null if the step itself reports what it does. */
  readonly title: string | null;
  readonly install: () => Promise<void>;
}

/** Rejects at the end if a step failed. */
export async function installPrograms(
  wanted: { readonly runtimes: boolean; readonly clients: boolean },
  environment: EnvironmentVariables,
  report: Report,
): Promise<void> {
  const failed: LongrunError[] = [];
  const steps = [
    ...(wanted.runtimes ? runtimeSteps(environment, report) : []),
    ...(wanted.clients ? clientSteps(environment, report) : []),
  ];
  for (const { title, install } of steps) {
    if (title !== null) report(title);
    try {
      await install();
    } catch (error) {
      if (!isLongrunError(error)) throw error;
      report(error.message);
      failed.push(error);
    }
  }
  const [first, ...others] = failed;
  if (first === undefined) return;
  if (others.length === 0) throw first;
  throw new LongrunError(
    "unavailable",
    `${failed.length} programs could not be installed; all others are installed.`,
    {
      hint: "The messages above say why.",
      cause: first,
    },
  );
}

/**
 * Returns the steps that install Node from npm, which has Node's own builds. No package registry has the other interpreters, so for these the
 * command that installs them is reported.
 */
function runtimeSteps(environment: EnvironmentVariables, report: Report): readonly Step[] {
  const find = interpreterOf(environment);
  for (const runtime of RUNNABLE_RUNTIMES) {
    const { family, local, version } = runtimeOf(runtime);
    if (family.name === node.name || local.interpreter === null || version.state !== "current") continue;
    const found = find(runtime);
    if (found === null || !runsRelease(found.version, version.release))
      report(
        `${family.title} ${version.release} for ${runtime} is in no package registry: ${local.installCommand(version.release)} installs it`,
      );
  }
  return OFFERED_NODES.filter((runtime) => runtimeNode(runtime, environment).nodeFile === null).map(
    (runtime) => ({
      title: `installing Node for ${runtime} from npm`,
      install: () => installRuntime(runtime, environment),
    }),
  );
}

/**
 * Returns the steps that install the clients for the installed interpreters. The client for Node comes last, because its compilation takes
 * minutes.
 */
function clientSteps(environment: EnvironmentVariables, report: Report): readonly Step[] {
  const find = interpreterOf(environment);
  const ready = RUNNABLE_RUNTIMES.filter((runtime) => {
    const interpreter = find(runtime);
    return interpreter !== null && runsRelease(interpreter.version, runtimeOf(runtime).version.release);
  });
  const missing = ricPackages(environment).filter(({ version }) => version === null);
  return [
    ...ready.map((runtime) => ({ title: null, install: () => installClient(runtime, environment, report) })),
    ...missing.map(({ runtime }) => ({
      title: `building aws-lambda-ric for ${runtime} from npm; this takes minutes`,
      install: () => installRic(runtime, environment),
    })),
  ];
}
