/**
 * Creates what all execution environments of an engine (its fleet) share. Before that, ends the processes that a killed engine left in the
 * same data folder.
 */
import type { WantedIsolation } from "../../words/isolation.ts";
import { DEFAULT_RUNTIME } from "../../catalogue/runtimes/all-runtimes.ts";
import type { InstalledClient } from "../../catalogue/runtimes/installed-client.ts";
import { KeptRecords } from "../kept-records.ts";
import { makePrivateFolder } from "../private-folder.ts";
import { LogTurns } from "../environment-log/log-turns.ts";
import { checkLinkName } from "./check-link-name.ts";
import { LinkRecorder } from "../link/link-recorder.ts";
import { makeSharedFolders, makeVarFolder } from "../process/isolation/isolation-folder.ts";
import { chooseIsolation } from "../process/isolation/choose-isolation.ts";
import { memoryIsEnforced, MemoryWatch } from "../process/memory/memory-watch.ts";
import { probeNamespaces } from "../process/isolation/namespace-probe.ts";
import { ProcessTable } from "../process/running/process-table.ts";
import { RunningList, sweepOrphans } from "../process/running/running-list.ts";
import { RuntimeClients } from "../clients/runtime-clients.ts";
import type { EnvironmentOptions, EnvironmentServices } from "./environment-services.ts";

export interface ServicesOptions extends EnvironmentOptions {
  /** The folder for the folders of running environments and for the list of running processes. It is created if it does not exist. */
  readonly dataFolder: string;
  readonly isolation: WantedIsolation;
  /** Our built runtime client, one CommonJS file. */
  readonly bootstrapFile: string;
  /**
   * Null if Node.js functions run with our own client. Otherwise they run with AWS's client: with the aws-lambda-ric in the function's
   * package, else with the one in the folder that `ricPackageOf` returns for the runtime. If there is neither, the function is not started.
   */
  readonly ricPackageOf: ((runtime: string) => string | null) | null;
  /** Returns AWS's installed client for a runtime of another family, for example Java; null if it is not installed. */
  readonly installedClientOf: (runtime: string) => InstalledClient | null;
}

export interface OpenedServices {
  readonly services: EnvironmentServices;
  /** What an operator should know about this machine. */
  readonly notices: readonly string[];
}

/** Distinguishes the fleets of one process. */
let serial = 0;

export async function openServices(options: ServicesOptions): Promise<OpenedServices> {
  makePrivateFolder(options.dataFolder);
  const { ended: swept, left } = await sweepOrphans(options.dataFolder);
  serial += 1;
  const running = new RunningList(options.dataFolder, serial);
  try {
    const shared = await makeSharedFolders(running.runFolder);
    const { bootstrapFile, ricPackageOf, installedClientOf } = options;
    const clients = await RuntimeClients.open({
      folder: running.runFolder,
      bootstrapFile,
      ricPackageOf,
      installedClientOf,
    });
    const linkNames = options.links.flatMap(({ place }) => ("name" in place ? [place] : []));
    const isolation = await chooseIsolation(options.isolation, async (kind) => {
      await makeVarFolder(shared.var);
      return await probeNamespaces(kind, {
        runFolder: running.runFolder,
        shared,
        client: clients.ours,
        interpreter: options.interpreterOf(DEFAULT_RUNTIME),
        linkNames: linkNames.map(({ name }) => name),
      });
    });
    for (const name of linkNames) await checkLinkName(name, isolation);
    const notices = [
      ...(swept > 0 ? [`${swept} processes that a killed engine had left behind were ended`] : []),
      ...(options.isolation === "auto" && isolation.reason !== null
        ? [`isolation none: ${isolation.reason}`]
        : []),
      ...left,
      ...(memoryIsEnforced() ? [] : ["memory size is not enforced on this system"]),
    ];
    // With PID namespaces the kernel ends what a killed engine leaves behind.
    const processes = new ProcessTable(
      isolation.separateProcesses
        ? undefined
        : { found: (id, environment) => running.add(id, environment), gone: (id) => running.remove(id) },
    );
    const memory = new MemoryWatch();
    const turns = new LogTurns();
    const links = new LinkRecorder(options.clock);
    const ends: EnvironmentServices["ends"] = new KeptRecords();
    return {
      services: { options, isolation, shared, clients, running, processes, memory, turns, links, ends },
      notices,
    };
  } catch (error) {
    await running.close();
    throw error;
  }
}
