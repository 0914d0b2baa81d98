/**
 * The folder of one environment, with its /tmp, its mounts and its variables, and the command lines of its processes. It is prepared before
 * the first Init and removed at the environment's end.
 */
import { mkdirSync, readdirSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { allowedNodeEnvironmentFlags } from "node:process";
import { runtimeOf } from "../../runtimes/all-runtimes.ts";
import type { FunctionSnapshot } from "../function-snapshot.ts";
import {
  extensionVariables,
  runtimeVariables,
  type FunctionCredentials,
  type VariableFacts,
} from "./environment-variables.ts";
import type { SharedFolders } from "./isolation/isolation-folder.ts";
import type { Isolation } from "./isolation/isolation.ts";
import { mountTable } from "./isolation/mount-table.ts";
import { processCommand } from "./isolation/process-command.ts";
import type { ProcessCommand } from "./process-group.ts";
import type { RuntimeClient } from "../runtime-client.ts";
import { writeHosts } from "./isolation/sandbox-address.ts";

export interface HomeFacts {
  readonly folder: string;
  readonly snapshot: FunctionSnapshot;
  readonly logStream: string;
  readonly isolation: Isolation;
  /** The address behind the name sandbox.localdomain; the name is known inside the environment only with namespaces. */
  readonly sandboxAddress: string;
  readonly shared: SharedFolders;
  readonly client: RuntimeClient;
  readonly opt: string;
  readonly nodeFile: string;
  readonly credentials: FunctionCredentials;
}

export class EnvironmentHome {
  private readonly facts: HomeFacts;
  private readonly temporary: string;
  private readonly mountTableFile: string;

  constructor(facts: HomeFacts) {
    this.facts = facts;
    this.temporary = join(facts.folder, "tmp");
    this.mountTableFile = join(facts.folder, "fstab");
    mkdirSync(this.temporary, { recursive: true });
    if (facts.isolation.kind !== "namespaces") return;
    const hosts = writeHosts(join(facts.folder, "hosts"), facts.sandboxAddress);
    writeFileSync(this.mountTableFile, this.mounts(hosts));
  }

  runtimeCommand(runtimeApi: string, link: Readonly<Record<string, string>>): ProcessCommand {
    const variables = this.variableFacts(runtimeApi, link);
    const { snapshot, client, nodeFile } = this.facts;
    const { local, version } = runtimeOf(snapshot.runtime);
    const program = local.commandLine({
      version,
      interpreter: variables.paths.exact ? (local.interpreter ?? "") : nodeFile,
      clientFile: join(variables.paths.runtime, client.file),
      taskRoot: variables.paths.task,
      handler: snapshot.handler,
      memorySizeMb: snapshot.memorySizeMb,
      environment: snapshot.environment,
      knowsFlag: (flag) => allowedNodeEnvironmentFlags.has(flag),
    });
    return this.command(program, variables.paths.task, runtimeVariables(variables));
  }

  extensionCommand(name: string, runtimeApi: string, link: Readonly<Record<string, string>>): ProcessCommand {
    const variables = this.variableFacts(runtimeApi, link);
    const opt = variables.paths.exact ? "/opt" : this.facts.opt;
    return this.command([join(opt, "extensions", name)], "/", extensionVariables(variables));
  }

  /** Names of the executables in the layers' `extensions` folder. */
  extensionNames(): readonly string[] {
    const folder = join(this.facts.opt, "extensions");
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

  async remove(): Promise<void> {
    await rm(this.facts.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  private command(
    program: readonly string[],
    workingFolder: string,
    variables: Readonly<Record<string, string>>,
  ): ProcessCommand {
    const { isolation } = this.facts;
    return processCommand({
      isolation,
      mountTableFile: this.mountTableFile,
      program,
      workingFolder,
      variables,
    });
  }

  private variableFacts(runtimeApi: string, link: Readonly<Record<string, string>>): VariableFacts {
    const { snapshot, logStream, credentials, isolation, client, nodeFile } = this.facts;
    const exact = isolation.kind === "namespaces";
    const paths = exact
      ? {
          exact,
          task: "/var/task",
          runtime: "/var/runtime",
          layers: ["/opt"],
          temporary: "/tmp",
          node: "/var/lang/bin",
        }
      : {
          exact,
          task: snapshot.codeFolder,
          runtime: client.folder,
          layers: snapshot.layerFolders.length === 0 ? [] : [this.facts.opt],
          temporary: this.temporary,
          node: dirname(nodeFile),
        };
    return { snapshot, logStream, runtimeApi, paths, credentials, link };
  }

  private mounts(hosts: string | null): string {
    const { shared, client, snapshot, opt, nodeFile } = this.facts;
    return mountTable({
      var: shared.var,
      task: snapshot.codeFolder,
      runtime: client.folder,
      opt,
      temporary: this.temporary,
      hosts,
      node: realpathSync(nodeFile),
    });
  }
}
