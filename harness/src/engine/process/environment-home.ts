/** The folder of one environment, with its /tmp, its mounts and its variables, and the command lines of its processes. */
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { allowedNodeEnvironmentFlags } from "node:process";
import { runtimeOf } from "../../catalogue/runtimes/all-runtimes.ts";
import type { Interpreter } from "../../catalogue/runtimes/interpreter.ts";
import type { Launcher } from "../../catalogue/runtimes/launcher.ts";
import type { StartFacts } from "../../catalogue/runtimes/runtime-family.ts";
import type { FunctionSnapshot } from "../function-snapshot.ts";
import {
  extensionVariables,
  runtimeVariables,
  type EnvironmentPaths,
  type FunctionCredentials,
  type VariableFacts,
} from "./runtime-variables.ts";
import { canPark } from "./can-park.ts";
import { findProgram, type EntryFault } from "./entry-fault.ts";
import type { SharedFolders } from "./isolation/isolation-folder.ts";
import type { Isolation } from "./isolation/choose-isolation.ts";
import { exactInterpreter, interpreterMount, mountTable } from "./isolation/mount-table.ts";
import { processCommand } from "./isolation/process-command.ts";
import type { ProcessCommand } from "./process-group.ts";
import { WRAPPER_VARIABLE, wrappedProgram } from "./wrapped-program.ts";
import { removeTree } from "../remove-tree.ts";
import type { RuntimeClient } from "../runtime-client.ts";
import { writeHosts, type HostName } from "./isolation/sandbox-address.ts";

export interface HomeFacts {
  readonly folder: string;
  readonly snapshot: FunctionSnapshot;
  readonly logStream: string;
  readonly isolation: Isolation;
  /** The address behind the name sandbox.localdomain. Without namespaces, the environment does not know the name. */
  readonly sandboxAddress: string;
  /** The names under which the function reaches its links; none for links that it finds in its variables. */
  readonly linkNames: readonly HostName[];
  readonly shared: SharedFolders;
  readonly client: RuntimeClient;
  readonly opt: string;
  /** Null if the package or a layer contains the runtime's program. */
  readonly interpreter: Interpreter | null;
  readonly launcher: Launcher | null;
  readonly credentials: FunctionCredentials;
}

export type RuntimeStart = { readonly command: ProcessCommand } | { readonly fault: EntryFault };

export class EnvironmentHome {
  readonly #facts: HomeFacts;
  readonly #temporary: string;
  readonly #mountTableFile: string;

  constructor(facts: HomeFacts) {
    this.#facts = facts;
    this.#temporary = join(facts.folder, "tmp");
    this.#mountTableFile = join(facts.folder, "fstab");
    mkdirSync(this.#temporary, { recursive: true });
    // /tmp has this mode on AWS. It is not given to mkdir, because the umask would change it.
    chmodSync(this.#temporary, 0o1777);
    if (facts.isolation.kind !== "namespaces") return;
    const hosts = writeHosts(join(facts.folder, "hosts"), facts.sandboxAddress, facts.linkNames);
    writeFileSync(this.#mountTableFile, this.#mounts(hosts));
  }

  /** `parked`: a shell is started before the runtime is needed, and becomes the runtime's program when it is released. */
  runtimeStart(
    runtimeApi: string,
    link: Readonly<Record<string, string>>,
    { parked }: { readonly parked: boolean },
  ): RuntimeStart {
    const variables = this.#variableFacts(runtimeApi, link);
    const { snapshot, client } = this.#facts;
    const { local, version } = runtimeOf(snapshot.runtime);
    const interpreter = this.#interpreterFile(variables.paths.exact);
    if (typeof interpreter !== "string") return { fault: interpreter };
    const start: StartFacts = {
      version,
      interpreter,
      interpreterVersion: this.#facts.interpreter?.version ?? "",
      clientFile: inFolder(client.file, variables.paths.runtime),
      archive: client.archive ?? null,
      taskRoot: variables.paths.task,
      layers: variables.paths.exact ? [] : variables.paths.layers,
      handler: snapshot.handler,
      memorySizeMb: snapshot.memorySizeMb,
      launcher: this.#facts.launcher?.command ?? "",
      environment: snapshot.environment,
      knowsFlag: (flag) => allowedNodeEnvironmentFlags.has(flag),
    };
    const wrapper = this.#wrapper;
    const program = local.commandLine(start);
    return {
      command: this.#command(
        wrapper === null ? program : wrappedProgram(this.#ownPath(wrapper, variables.paths), program),
        variables.paths.task,
        runtimeVariables(variables),
        parked,
      ),
    };
  }

  extensionCommand(name: string, runtimeApi: string, link: Readonly<Record<string, string>>): ProcessCommand {
    const variables = this.#variableFacts(runtimeApi, link);
    const opt = variables.paths.exact ? "/opt" : this.#facts.opt;
    return this.#command([join(opt, "extensions", name)], "/", extensionVariables(variables), false);
  }

  /** Returns the names of the executables in the layers' `extensions` folder. */
  extensionNames(): readonly string[] {
    const folder = join(this.#facts.opt, "extensions");
    try {
      return readdirSync(folder)
        .filter((name) => {
          const status = statSync(join(folder, name));
          return status.isFile() && (status.mode & 0o111) !== 0;
        })
        .sort();
    } catch {
      return []; // no layer has such a folder
    }
  }

  get canPark(): boolean {
    return canPark(this.#facts.snapshot.environment, this.extensionNames());
  }

  /** Returns what is left and why, as one line; null if nothing is. */
  async remove(): Promise<string | null> {
    return await removeTree(this.#facts.folder);
  }

  /** The path, on Lambda, of the program that starts the runtime. Null if the function has none, or if its runtime family ignores it. */
  get #wrapper(): string | null {
    const { runtime, environment } = this.#facts.snapshot;
    const named = environment[WRAPPER_VARIABLE] ?? "";
    return runtimeOf(runtime).local.wrapper && named !== "" ? named : null;
  }

  /** Turns a path of Lambda into the path under which the environment's own process finds the file. */
  #ownPath(path: string, { exact, task }: EnvironmentPaths): string {
    if (exact) return path;
    for (const [named, folder] of [
      ["/var/task/", task],
      ["/opt/", this.#facts.opt],
    ] as const)
      if (path.startsWith(named)) return join(folder, path.slice(named.length));
    return path;
  }

  /** Returns the path of the program as the environment's own process sees it, or the reason why the program cannot be started. */
  #interpreterFile(exact: boolean): string | EntryFault {
    const { snapshot, interpreter, opt } = this.#facts;
    const name = runtimeOf(snapshot.runtime).local.package.program;
    if (name !== null) {
      const found = findProgram(name, [
        { named: "/var/task", folder: snapshot.codeFolder },
        { named: "/opt", folder: opt },
      ]);
      if (!("root" in found)) return found;
      return found.fault ?? join(exact ? found.root.named : found.root.folder, name);
    }
    return exact ? (exactInterpreter(snapshot.runtime, interpreter) ?? "") : (interpreter?.file ?? "");
  }

  #command(
    program: readonly string[],
    workingFolder: string,
    variables: Readonly<Record<string, string>>,
    parked: boolean,
  ): ProcessCommand {
    const { isolation } = this.#facts;
    return processCommand({
      isolation,
      mountTableFile: this.#mountTableFile,
      program,
      workingFolder,
      variables,
      parked,
    });
  }

  #variableFacts(runtimeApi: string, link: Readonly<Record<string, string>>): VariableFacts {
    const { snapshot, logStream, credentials, isolation, client, interpreter, launcher } = this.#facts;
    const exact = isolation.kind === "namespaces";
    const isLaunched = runtimeOf(snapshot.runtime).local.launcher !== null;
    const launcherPath = isLaunched ? (launcher?.searchPath ?? "") : "";
    const paths = exact
      ? {
          exact,
          task: "/var/task",
          runtime: "/var/runtime",
          layers: ["/opt"],
          temporary: "/tmp",
          programs: interpreter === null && !isLaunched ? null : "/var/lang/bin",
        }
      : {
          exact,
          task: snapshot.codeFolder,
          runtime: client.folder,
          layers: snapshot.layerFolders.length === 0 ? [] : [this.#facts.opt],
          temporary: this.#temporary,
          programs: interpreter === null ? null : dirname(interpreter.file),
        };
    return { snapshot, logStream, runtimeApi, paths, launcherPath, credentials, link };
  }

  #mounts(hosts: string | null): string {
    const { shared, client, snapshot, opt, interpreter } = this.#facts;
    return mountTable({
      var: shared.var,
      task: snapshot.codeFolder,
      runtime: client.folder,
      opt,
      temporary: this.#temporary,
      hosts,
      language: interpreterMount(snapshot.runtime, interpreter),
      separateProcesses: this.#facts.isolation.separateProcesses,
    });
  }
}

/** Makes the path of a file, or all paths of a class path, absolute. */
function inFolder(paths: string, folder: string): string {
  return paths
    .split(":")
    .map((path) => (isAbsolute(path) ? path : join(folder, path)))
    .join(":");
}
