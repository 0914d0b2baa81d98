/** Tries out what a local run needs. Leaves no files behind. */
import { execFile } from "node:child_process";
import { accessSync, constants, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { arch, execPath, platform, version } from "node:process";
import { promisify } from "node:util";
import { bootstrapFile, designPackageFile, reportPage } from "../../adapters/node/assets.ts";
import { onPath } from "../../adapters/toolchains/installations.ts";
import { ricPackages } from "../../adapters/toolchains/node/ric-packages.ts";
import {
  hasClient,
  hasOwnClient,
  installedClientOf,
  interpreterOf,
  missingDownloader,
} from "../../adapters/toolchains/interpreters.ts";
import type { EnvironmentVariables } from "../../base/environment-variables.ts";
import { COMPILERS, RUNNABLE_RUNTIMES, runtimeOf } from "../../catalogue/runtimes/all-runtimes.ts";
import { runsRelease } from "../../catalogue/runtimes/runs-release.ts";
import type { ClientFacts, LocalFacts, RuntimeFacts } from "../../doctor/local-facts.ts";
import { chooseIsolation, findTool } from "../../engine/process/isolation/choose-isolation.ts";
import { makeSharedFolders, makeVarFolder } from "../../engine/process/isolation/isolation-folder.ts";
import { hiddenByMounts } from "../../engine/clients/java/place-client.ts";
import { placeOwnClient } from "../../engine/clients/node/place-client.ts";
import { probeNamespaces } from "../../engine/process/isolation/namespace-probe.ts";
import { DESIGNS } from "../../settings/function-choice.ts";
import { PEER_SETTINGS } from "../../settings/peer-settings.ts";
import { SERVE_SETTINGS } from "../../settings/serve-settings.ts";
import { defaultValue } from "../../settings/setting-table.ts";
import { LOCAL_FACTS } from "../../settings/setting.ts";

const PORTS = [
  { port: defaultValue(SERVE_SETTINGS.port, LOCAL_FACTS), usedBy: "longrun serve" },
  { port: defaultValue(PEER_SETTINGS.port, LOCAL_FACTS), usedBy: "longrun peer" },
];

export async function lookAtMachine(environment: EnvironmentVariables): Promise<LocalFacts> {
  const built = await isBuilt();
  const [isolation, ports, awsCli] = await Promise.all([
    lookAtIsolation(built),
    Promise.all(PORTS.map(lookAtPort)),
    awsVersion(environment),
  ]);
  return {
    nodeVersion: version,
    system: platform,
    architecture: arch,
    isolation,
    runtimes: lookAtRuntimes(environment),
    compilers: COMPILERS.map(({ command, builds, install }) => ({
      command,
      builds,
      install,
      there: onPath(command, environment),
    })),
    ports,
    temporaryFolder: { path: tmpdir(), problem: writingProblem(tmpdir()) },
    built,
    awsCli,
  };
}

function lookAtRuntimes(environment: EnvironmentVariables): readonly RuntimeFacts[] {
  const find = interpreterOf(environment);
  const clientOf = lookAtClients(environment);
  return RUNNABLE_RUNTIMES.map((runtime) => {
    const { family, local, version } = runtimeOf(runtime);
    return {
      runtime,
      title: family.title,
      release: version.release,
      current: version.state === "current",
      preferred: local.preferred,
      program: program(),
    };

    function program(): RuntimeFacts["program"] {
      if (local.launcher !== null) return { kind: "launcher", example: local.launcher };
      if (local.interpreter === null) return { kind: "bootstrap" };
      const found = find(runtime);
      return {
        kind: "interpreter",
        version: found?.version ?? null,
        own: found !== null && runsRelease(found.version, version.release),
        installCommand: local.installCommand(version.release),
        client: clientOf(runtime),
      };
    }
  });
}

function lookAtClients(environment: EnvironmentVariables): (runtime: string) => ClientFacts {
  const ofNode = ricPackages(environment);
  const installed = installedClientOf(environment);
  return (runtime) => {
    if (!hasClient(runtime))
      return {
        kind: "built-on-request",
        built: ofNode.find((one) => one.runtime === runtime)?.version ?? null,
      };
    const client = installed(runtime);
    if (client !== null)
      return {
        kind: "installed",
        ...(client.archive !== null && hiddenByMounts(realpathSync(client.folder))
          ? { hiddenArchive: client.folder }
          : {}),
      };
    return {
      kind: "missing",
      replaceable: hasOwnClient(runtime),
      downloader: missingDownloader(runtime, environment),
    };
  };
}

async function isBuilt(): Promise<boolean> {
  try {
    bootstrapFile();
    for (const design of DESIGNS) designPackageFile(design);
    await reportPage();
    return true;
  } catch {
    return false;
  }
}

/** Makes the mounts of one environment, as an engine does when the engine starts. */
async function lookAtIsolation(built: boolean): Promise<LocalFacts["isolation"]> {
  const setpriv = platform === "linux" && findTool("setpriv") !== null;
  if (!built)
    return { kind: "none", setpriv, reason: "it cannot be tried before the runtime client is built" };
  let folder: string | null = null;
  try {
    folder = mkdtempSync(join(tmpdir(), "longrun-doctor-"));
    const run = folder;
    const { kind, reason } = await chooseIsolation("auto", async (kind) => {
      const shared = await makeSharedFolders(run);
      const client = await placeOwnClient(join(run, "runtime"), bootstrapFile());
      await makeVarFolder(shared.var);
      return await probeNamespaces(kind, {
        runFolder: run,
        shared,
        client,
        interpreter: { file: execPath, version: version.slice(1), home: null },
        linkNames: [],
      });
    });
    return { kind, setpriv, reason };
  } catch (error) {
    return { kind: "none", setpriv, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }
}

function lookAtPort({ port, usedBy }: (typeof PORTS)[number]): Promise<LocalFacts["ports"][number]> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      resolve({ port, usedBy, free: false, why: error.code ?? error.message }),
    );
    server.listen(port, "127.0.0.1", () =>
      server.close(() => resolve({ port, usedBy, free: true, why: null })),
    );
  });
}

function writingProblem(folder: string): string | null {
  let made: string | null = null;
  try {
    accessSync(folder, constants.W_OK);
    made = mkdtempSync(join(folder, "longrun-doctor-"));
    writeFileSync(join(made, "try"), "");
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    if (made !== null) rmSync(made, { recursive: true, force: true });
  }
}

async function awsVersion(environment: EnvironmentVariables): Promise<string | null> {
  const variables = Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  try {
    const { stdout } = await promisify(execFile)("aws", ["--version"], { env: variables, timeout: 15_000 });
    return stdout.trim().split(" ")[0] ?? null;
  } catch {
    return null;
  }
}
