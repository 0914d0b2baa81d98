/**
 * Puts the engine together around a fleet (all its execution environments), and closes the engine's parts in an order that leaves nothing
 * behind.
 */
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { notAvailable } from "../../base/errors.ts";
import { durationMs, isoTime } from "../../base/time.ts";
import type { Fleet } from "../fleet-contract.ts";
import { flushFolder } from "../flush-to-disk.ts";
import { isMachineFault } from "../machine-fault.ts";
import { ENVIRONMENTS_FOLDER } from "../process/running/temporary-data-folder.ts";
import { LogStore } from "../log-store/log-store.ts";
import { CodeLinks } from "../aws-api/lambda/code-links.ts";
import { DATA_FOLDERS, type DataFolder, openDataFolder } from "./data-folder.ts";
import type { EngineSettings, OpenEngine, EngineParts, ResolvedEngineSettings } from "./engine-settings.ts";
import { createHttpServer } from "../aws-api/http-server.ts";
import {
  EVENT_QUEUE_DEFAULTS,
  type EventLimits,
  EventQueue,
  type QueuedEvent,
} from "../scheduling/event-queue.ts";
import { sendToDestination } from "./event-destinations.ts";
import { closeConnections, listen, stopListening } from "../aws-api/listen.ts";
import { LambdaRoutes } from "../aws-api/lambda/lambda-routes.ts";
import { type Registries, closeRegistries, loadRegistries, makeRegistries } from "./open-registries.ts";
import { WeightedAliases } from "../aws-api/invoke/weighted-alias.ts";
import { PlanControl } from "../scheduling/plan/plan-control.ts";

export type { EngineSettings, OpenEngine, EngineParts } from "./engine-settings.ts";

export async function openEngine(given: EngineSettings, parts: EngineParts): Promise<OpenEngine> {
  const settings = { ...given, accountId: given.accountId ?? "123456789012" };
  const problems: string[] = [];
  let starting = true;
  const report = (problem: string): void => {
    if (starting) problems.push(problem);
    settings.report(problem);
  };
  /** Each callback closes a part that was opened. If the start fails, the callbacks are called in reverse order. */
  const made: (() => Promise<void> | void)[] = [];
  try {
    const data = await openDataFolder(settings.dataFolder);
    made.push(async () => reportLeft(await data.release(), report));
    const logs = new LogStore({
      folder: join(data.path, DATA_FOLDERS.logs),
      now: () => settings.clock.now(),
      delayMs: settings.logDelayMs ?? 0,
      report,
      ...(settings.written === undefined ? {} : { written: settings.written }),
    });
    made.push(() => logs.close());
    const fleet = await parts.createFleet({ dataFolder: join(data.path, ENVIRONMENTS_FOLDER), logs });
    made.push(() => fleet.close());
    const { startConductor } = parts;
    const registries = makeRegistries({ settings, folder: data.path, fleet, startConductor, report });
    made.push(
      () => closeRegistries(registries),
      () => registries.platform?.close(),
    );
    await loadRegistries(registries);
    if (settings.dataFolder !== null) await flushFolder(data.path);
    const engine = await openApi({ settings, data, logs, fleet, parts, registries });
    starting = false;
    return { ...engine, notices: [...fleet.notices, ...problems] };
  } catch (error) {
    for (const close of made.reverse()) await close();
    throw unusableFolder(settings.dataFolder, error);
  }
}

function reportLeft(left: string | null, report: (problem: string) => void): void {
  if (left !== null) report(`the data folder ${left}`);
}

/**
 * Reports a fault of the machine, and a file system error in the data folder, as an error that the user can solve. Both are needed: the
 * error of a symbolic link names its target, that of a write names no path, and Node's recursive mkdir says ENOENT if the disk is full.
 */
function unusableFolder(folder: string | null, error: unknown): unknown {
  const { syscall, path } = error as NodeJS.ErrnoException;
  const isInFolder = syscall !== undefined && path?.startsWith(resolve(folder ?? tmpdir())) === true;
  if (!isInFolder && !isMachineFault(error)) return error;
  return notAvailable(
    `The data folder ${folder ?? `in ${tmpdir()}`} cannot be used: ${(error as Error).message}`,
    {
      hint:
        folder === null
          ? "Set TMPDIR to another folder."
          : "Give the engine a new folder, or repair this one.",
      cause: error,
    },
  );
}

interface OpenedParts {
  readonly settings: ResolvedEngineSettings;
  readonly data: DataFolder;
  readonly logs: LogStore;
  readonly fleet: Fleet;
  readonly parts: EngineParts;
  readonly registries: Registries;
}

async function openApi({
  settings,
  data,
  logs,
  fleet,
  parts,
  registries,
}: OpenedParts): Promise<Omit<OpenEngine, "notices">> {
  const { registry, layers, provisioned, codeStore, platform } = registries;
  const { clock, report, host, accountId } = settings;
  const weightedAliases = new WeightedAliases(settings.seed ?? 0);
  const eventQueue = makeEventQueue(settings, fleet, registries, weightedAliases);
  const planControl = new PlanControl({
    fleet,
    clock,
    startConductor: parts.startConductor,
    update: (key) => registry.renew(key),
    report,
    platformRuns: platform !== null,
  });
  const codeLinks = new CodeLinks({ clock, codeStore });
  let endpoint = "";
  const server = createHttpServer({
    boundHost: host,
    lambda: {
      settled: () => fleet.settled(),
      routes: new LambdaRoutes(),
      operations: {
        registry,
        layers,
        provisioned,
        codeStore,
        codeUrl: (code) => endpoint + codeLinks.pathOf(code),
      },
    },
    invoke: {
      accountId,
      registry,
      fleet,
      eventQueue,
      clock,
      weightedAliases,
    },
    control: {
      version: settings.version,
      account: accountId,
      since: isoTime(clock.now()),
      fleet,
      registry,
      planControl,
    },
    logs: { fleet, store: logs, accountId, now: () => clock.now() },
    codeLinks,
    report,
  });
  endpoint = await listen(server, host, settings.port);
  const close = async (): Promise<void> => {
    stopListening(server);
    eventQueue.close();
    // Requests that wait for this go on before the registries are closed.
    await fleet.settled();
    // A step of a plan may wait for an invocation that ends only when the fleet ends, so the plans are awaited after the fleet.
    const plans = Promise.allSettled([planControl.stop(), platform?.close()]);
    await closeRegistries(registries);
    await fleet.close();
    await plans;
    // Invocations in flight are answered while the fleet ends, so the sockets are closed after the fleet. The log files and the data folder
    // are closed at the very end.
    await closeConnections(server);
    logs.close();
    reportLeft(await data.release(), report);
  };
  let closing: Promise<void> | null = null;
  return {
    endpoint,
    account: accountId,
    isolation: fleet.isolation,
    fleet,
    close: () => (closing ??= close()),
  };
}

function makeEventQueue(
  { clock, events, report }: ResolvedEngineSettings,
  fleet: Fleet,
  { registry }: Registries,
  weightedAliases: WeightedAliases,
): EventQueue {
  const limits = ({ functionName, qualifier }: QueuedEvent): Partial<EventLimits> => {
    const config = registry.byKey(functionName)?.eventInvokeConfigs[qualifier];
    const { MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: seconds } = config ?? {};
    return {
      ...(attempts === undefined ? {} : { maximumRetryAttempts: attempts }),
      ...(seconds === undefined ? {} : { maximumEventAge: durationMs(seconds * 1_000) }),
    };
  };
  const queue: EventQueue = new EventQueue({
    fleet,
    clock,
    settings: { ...EVENT_QUEUE_DEFAULTS, ...events },
    reservedConcurrency: (key) => registry.byKey(key)?.reservedConcurrency,
    limits,
    done: (event, outcome, attempts, answer) =>
      sendToDestination(
        { event, outcome, attempts, answer },
        { registry, weightedAliases, clock, report, add: (sent) => queue.add(sent) },
      ),
  });
  return queue;
}
