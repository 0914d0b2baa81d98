/** Collects the facts about this machine on which a local run depends, by trying them. It leaves no files behind. */
import { execFile } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { arch, execPath, platform, version } from "node:process";
import { promisify } from "node:util";
import { bootstrapFile, designPackageFile, reportPage } from "../../adapters/node/assets.ts";
import { MAVEN } from "../../adapters/toolchains/java/java-client.ts";
import { onPath } from "../../adapters/toolchains/on-path.ts";
import { ricPackages } from "../../adapters/toolchains/node/ric-packages.ts";
import { runtimeNode } from "../../adapters/toolchains/node/runtime-nodes.ts";
import { hasOwnClient, installedClientOf, interpreterOf } from "../../adapters/toolchains/interpreters.ts";
import type { EnvironmentVariables } from "../../domain/environment-variables.ts";
import { RUNNABLE_RUNTIMES, runtimeOf } from "../../runtimes/all-runtimes.ts";
import { java } from "../../runtimes/java.ts";
import { node } from "../../runtimes/node.ts";
import { runsRelease } from "../../runtimes/runs-release.ts";
import type { LocalFacts } from "../../doctor/local-facts.ts";
import { chooseIsolation, findTool } from "../../engine/process/isolation/isolation.ts";
import { makeSharedFolders, makeVarFolder } from "../../engine/process/isolation/isolation-folder.ts";
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

const COMPILERS = [
  { command: "go", install: "https://go.dev/dl" },
  { command: "cargo", install: "https://rustup.rs" },
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
    runtimeClients: ricPackages(environment),
    runtimes: node.versions.map(({ runtime, state }) => ({
      ...runtimeNode(runtime, environment),
      deprecated: state === "deprecated",
    })),
    interpreters: lookAtInterpreters(environment),
    compilers: COMPILERS.map((compiler) => ({ ...compiler, there: onPath(compiler.command, environment) })),
    ports,
    temporaryFolder: { path: tmpdir(), problem: writingProblem(tmpdir()) },
    built,
    awsCli,
  };
}

function lookAtInterpreters(environment: EnvironmentVariables): LocalFacts["interpreters"] {
  const find = interpreterOf(environment);
  const client = installedClientOf(environment);
  return RUNNABLE_RUNTIMES.flatMap((runtime) => {
    const { family, local, version } = runtimeOf(runtime);
    if (family.name === node.name || local.package.program !== null) return [];
    const interpreter = find(runtime);
    return [
      {
        runtime,
        title: family.title,
        version: interpreter?.version ?? null,
        own: interpreter !== null && runsRelease(interpreter.version, version.release),
        missingForClient: local.client === java.name && !onPath(MAVEN.command, environment) ? MAVEN : null,
        client: client(runtime) !== null,
        ownClient: hasOwnClient(runtime),
        installCommand: local.installCommand(version.release),
        launcher: local.launcher,
      },
    ];
  });
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

/** Tries to make the mounts of one environment, as an engine does at its start. */
async function lookAtIsolation(built: boolean): Promise<LocalFacts["isolation"]> {
  const setpriv = platform === "linux" && findTool("setpriv") !== null;
  if (!built)
    return { kind: "none", setpriv, reason: "it cannot be tried before the runtime client is built" };
  let folder: string | null = null;
  try {
    folder = mkdtempSync(join(tmpdir(), "longrun-doctor-"));
    const run = folder;
    const { kind, reason } = await chooseIsolation("auto", async () => {
      const shared = await makeSharedFolders(run);
      const client = await placeOwnClient(join(run, "runtime"), bootstrapFile());
      await makeVarFolder(shared.var);
      return await probeNamespaces(
        run,
        shared,
        client,
        {
          file: execPath,
          version: version.slice(1),
          home: null,
        },
        [],
      );
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
  try {
    accessSync(folder, constants.W_OK);
    const file = join(mkdtempSync(join(folder, "longrun-doctor-")), "try");
    writeFileSync(file, "");
    rmSync(join(file, ".."), { recursive: true, force: true });
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
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
