/**
 * Builds an execution environment from a snapshot (one generation of a function): name, folder, log stream, link. Starts no process.
 */
import { join } from "node:path";
import { realpathSync } from "node:fs";
import { notAvailable } from "../../base/errors.ts";
import { runtimeOf } from "../../catalogue/runtimes/all-runtimes.ts";
import type { Interpreter } from "../../catalogue/runtimes/interpreter.ts";
import type { Launcher } from "../../catalogue/runtimes/launcher.ts";
import type { FunctionSnapshot } from "../function-snapshot.ts";
import { variablesFor } from "../../catalogue/connection-strings/configured-address.ts";
import { EnvironmentLinks } from "../link/environment-links.ts";
import { Link } from "../link/link.ts";
import { EnvironmentHome } from "../process/environment-home.ts";
import { EnvironmentLog } from "../environment-log/environment-log.ts";
import type { EnvironmentOptions, EnvironmentServices } from "./environment-services.ts";
import { ExecutionEnvironment } from "./execution-environment.ts";
import { planLinks, type PlannedLink } from "./plan-links.ts";
import { optFolder } from "../process/isolation/layer-folder.ts";
import { logStreamName } from "../environment-log/log-stream-name.ts";
import { nextSandboxAddress } from "../process/isolation/sandbox-address.ts";
import { TelemetryHub } from "../environment-api/telemetry-api/telemetry-hub.ts";

export class EnvironmentFactory {
  readonly #services: EnvironmentServices;
  /** The folder that is /opt in all environments of one snapshot. It is created once. */
  readonly #optFolders = new WeakMap<FunctionSnapshot, Promise<string>>();
  #layerFolders = 0;
  #environments = 0;

  constructor(services: EnvironmentServices) {
    this.#services = services;
  }

  async create(snapshot: FunctionSnapshot): Promise<ExecutionEnvironment> {
    const services = this.#services;
    const { options, isolation, shared, clients, running } = services;
    const opt = await this.#opt(snapshot);
    const client = await clients.of(snapshot, isolation.kind);
    const id = logStreamName(snapshot, options.clock.now());
    this.#environments += 1;
    const planned = planLinks(options.links, snapshot);
    const sandboxAddress = isolation.kind === "namespaces" ? nextSandboxAddress() : "127.0.0.1";
    const home = new EnvironmentHome({
      folder: join(running.runFolder, "environments", String(this.#environments)),
      snapshot,
      logStream: id,
      sandboxAddress,
      linkNames: planned.flatMap(({ name }) => name ?? []),
      isolation,
      shared,
      client,
      opt,
      interpreter: interpreterOf(options, snapshot),
      launcher: launcherOf(options, snapshot),
      credentials: options.credentials,
    });
    const telemetry = new TelemetryHub({
      address: sandboxAddress,
      jsonLogs: snapshot.logging.format === "JSON",
      monotonic: () => options.clock.monotonic(),
      report: (event) => log.platform(event),
    });
    const log = new EnvironmentLog({
      sink: options.logs.of?.(snapshot.region) ?? options.logs,
      turns: services.turns,
      clock: options.clock,
      logging: snapshot.logging,
      logStream: id,
      bytesPerPhaseMax: options.logBytesPerPhaseMax,
      telemetry,
    });
    const opened: Link[] = [];
    const linkVariables: Record<string, string> = {};
    try {
      for (const plan of planned) {
        const link = await this.#openLink(plan, snapshot, id);
        opened.push(link);
        Object.assign(linkVariables, variablesFor(plan.options.place, snapshot.environment, link.address));
      }
    } catch (error) {
      for (const link of opened) link.stopListening();
      await home.remove();
      throw error;
    }
    const link = opened.length === 0 ? null : new EnvironmentLinks(opened);
    return new ExecutionEnvironment({ id, snapshot, services, home, log, telemetry, link, linkVariables });
  }

  #opt(snapshot: FunctionSnapshot): Promise<string> {
    let folder = this.#optFolders.get(snapshot);
    if (folder === undefined) {
      this.#layerFolders += 1;
      const merged = join(this.#services.running.runFolder, "layers", String(this.#layerFolders));
      folder = optFolder(snapshot.layerFolders, merged, this.#services.shared.emptyOpt);
      this.#optFolders.set(snapshot, folder);
      // The next environment tries again.
      folder.catch(() => this.#optFolders.delete(snapshot));
    }
    return folder;
  }

  async #openLink(
    { options, upstream, listen }: PlannedLink,
    { functionName }: FunctionSnapshot,
    environment: string,
  ): Promise<Link> {
    const { peer, deadLinkResetMs = null } = options;
    return await Link.open(
      { functionName, environment, ...(peer === undefined ? {} : { peer }) },
      {
        upstream,
        listen,
        deadLinkResetMs,
        protocol: options.protocol ?? null,
        recorder: this.#services.links,
      },
    );
  }
}

/** Returns null if the package or a layer contains the program that runs the function. */
function interpreterOf(
  { interpreterOf: find }: EnvironmentOptions,
  { runtime }: FunctionSnapshot,
): Interpreter | null {
  const { family, local } = runtimeOf(runtime);
  if (local.interpreter === null) return null;
  const interpreter = find(runtime);
  if (interpreter === null)
    throw notAvailable(`This machine has no ${family.title} that ${runtime} could run on.`, {
      hint: "longrun doctor says what is needed.",
    });
  return { ...interpreter, file: realpathSync(interpreter.file) };
}

function launcherOf({ launcher }: EnvironmentOptions, { runtime }: FunctionSnapshot): Launcher | null {
  if (runtimeOf(runtime).local.launcher === null) return null;
  if (launcher === null)
    throw notAvailable(`Functions of ${runtime} need the command that starts their runtime client.`, {
      hint: "give it with --launcher 'COMMAND'",
    });
  return launcher;
}
