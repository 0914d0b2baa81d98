/** Installs interpreters and AWS's runtime clients into the cache. A failure does not stop the installations after it. */
import { hasClient, installClient, interpreterOf } from "../../adapters/toolchains/interpreters.ts";
import { missingBuildTools } from "../../adapters/toolchains/node/build-tools.ts";
import { installRic, ricPackages } from "../../adapters/toolchains/node/ric-packages.ts";
import { installRuntime, runtimeNode } from "../../adapters/toolchains/node/runtime-nodes.ts";
import type { EnvironmentVariables } from "../../base/environment-variables.ts";
import { isLongrunError, notAvailable } from "../../base/errors.ts";
import { RUNNABLE_RUNTIMES, runtimeOf } from "../../catalogue/runtimes/all-runtimes.ts";
import { node, OFFERED_NODES } from "../../catalogue/runtimes/node.ts";
import { runsRelease } from "../../catalogue/runtimes/runs-release.ts";

type Report = (line: string) => void;

interface InstallStep {
  readonly name: string;
  /** Reported before the step. Null if the step itself reports what it does, or fails at once because build tools are missing. */
  readonly title: string | null;
  readonly install: () => Promise<void>;
}

/** Rejects after the last step with "unavailable" if any step failed. */
export async function installPrograms(
  wanted: { readonly runtimes: boolean; readonly clients: boolean },
  environment: EnvironmentVariables,
  report: Report,
): Promise<void> {
  const installed: string[] = [];
  const failed: string[] = [];
  const steps = [
    ...(wanted.runtimes ? runtimeSteps(environment, report) : []),
    ...(wanted.clients ? clientSteps(environment, report) : []),
  ];
  for (const { name, title, install } of steps) {
    if (title !== null) report(title);
    try {
      await install();
      installed.push(name);
    } catch (error) {
      if (!isLongrunError(error)) throw error;
      report(error.message);
      if (error.hint !== null) report(`→ ${error.hint}`);
      failed.push(name);
    }
  }
  if (installed.length > 0) report(`installed: ${installed.join(", ")}`);
  if (failed.length === 0) return;
  report(`not installed: ${failed.join(", ")}`);
  throw notAvailable(
    failed.length === 1
      ? "One program could not be installed."
      : `${failed.length} programs could not be installed.`,
    { hint: "The messages above say why." },
  );
}

/** Node is installed from npm, which has builds of it. For each other missing interpreter, the command that installs it is reported. */
function runtimeSteps(environment: EnvironmentVariables, report: Report): readonly InstallStep[] {
  const find = interpreterOf(environment);
  for (const runtime of RUNNABLE_RUNTIMES) {
    const { family, local, version } = runtimeOf(runtime);
    if (family.name === node.name || local.interpreter === null || version.state !== "current") continue;
    const found = find(runtime);
    if (found === null || !runsRelease(found.version, version.release))
      report(
        `${family.title} ${version.release} for ${runtime} is not installed: ${local.installCommand(version.release)} installs it`,
      );
  }
  return OFFERED_NODES.filter((runtime) => runtimeNode(runtime, environment) === null).map((runtime) => ({
    name: `Node for ${runtime}`,
    title: `installing Node for ${runtime} from npm`,
    install: () => installRuntime(runtime, environment),
  }));
}

/** The client for Node comes last, because its compilation takes minutes. */
function clientSteps(environment: EnvironmentVariables, report: Report): readonly InstallStep[] {
  const find = interpreterOf(environment);
  const ready = RUNNABLE_RUNTIMES.filter((runtime) => {
    const interpreter = find(runtime);
    return (
      hasClient(runtime) &&
      interpreter !== null &&
      runsRelease(interpreter.version, runtimeOf(runtime).version.release)
    );
  });
  const canBuild = missingBuildTools(environment) === null;
  const missing = ricPackages(environment).filter(({ version }) => version === null);
  return [
    ...ready.map((runtime) => ({
      name: `AWS's client for ${runtime}`,
      title: null,
      install: () => installClient(runtime, environment, report),
    })),
    ...missing.map(({ runtime }) => ({
      name: `AWS's client for ${runtime}`,
      title: canBuild ? `building aws-lambda-ric for ${runtime} from npm; this takes minutes` : null,
      install: () => installRic(runtime, environment),
    })),
  ];
}
