/**
 * Puts the engine together around a fleet: data folder, registry, log store, queue, plans, control and the door; and takes
 * it apart in the order in which nothing is left behind. Which fleet and which conductor is said by `start-engine.ts`.
 */
import { randomInt } from "node:crypto";
import { join } from "node:path";
import type { Clock } from "../../ports/clock.ts";
import { durationMs } from "../../units/time.ts";
import type { Fleet } from "../fleet-contract.ts";
import { LogStore } from "../log-store/log-store.ts";
import type { LogSink } from "../log-sink.ts";
import { CodeStore } from "../registry/code-store.ts";
import { FunctionRegistry } from "../registry/function-registry.ts";
import { RecordStore } from "../registry/record-store.ts";
import { CodeLinks } from "./code-links.ts";
import { type DataFolder, openDataFolder } from "./data-folder.ts";
import { createDoor } from "./door.ts";
import { EVENT_QUEUE_DEFAULTS, EventQueue, type EventQueueSettings } from "./event-queue.ts";
import { closeConnections, listen, stopListening } from "./listen.ts";
import { LambdaRoutes } from "./lambda-routes.ts";
import { PlanDesk, type StartConductor } from "./plan-desk.ts";
import { type DrawBlock, PlatformBlocks } from "./platform-blocks.ts";

/** Fine enough for the weights of an alias. */
const DRAW_STEPS = 1_000_000_000;

export interface DoorSettings {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Null: a temporary one, removed at close. */
  readonly dataFolder: string | null;
  /** What the platform does by itself; null: nothing, and plans can be loaded through the control API. */
  readonly platform: DrawBlock | null;
  readonly accountId?: string;
  readonly clock: Clock;
  readonly version: string;
  /** What an operator should know and no caller is told: broken files, a full disk. */
  readonly report: (problem: string) => void;
  /** How long `Pending` and `InProgress` stay visible (default 0: in the answer, and then no more). */
  readonly stateDelays?: { readonly createMs: number; readonly updateMs: number };
  readonly events?: Partial<EventQueueSettings>;
}

export interface EngineParts {
  readonly createFleet: (options: { readonly dataFolder: string; readonly logs: LogSink }) => Promise<Fleet>;
  readonly startConductor: StartConductor;
}

export interface Engine {
  readonly endpoint: string;
  readonly account: string;
  readonly isolation: "namespaces" | "none";
  readonly fleet: Fleet;
  /** What an operator should know of this start: what the fleet could not do here, and files that could not be read. */
  readonly notices: readonly string[];
  /** Ends everything; resolves when no process, socket or lock is left. */
  close(): Promise<void>;
}

export async function openEngine(settings: DoorSettings, parts: EngineParts): Promise<Engine> {
  const problems: string[] = [];
  let starting = true;
  const report = (problem: string): void => {
    if (starting) problems.push(problem);
    settings.report(problem);
  };
  /** What a start that fails half-way has made so far; closed the other way round. */
  const made: (() => Promise<void> | void)[] = [];
  try {
    const data = await openDataFolder(settings.dataFolder);
    made.push(() => data.release());
    const logs = new LogStore({
      folder: join(data.path, "logs"),
      now: () => settings.clock.now(),
      report,
    });
    made.push(() => logs.close());
    const fleet = await parts.createFleet({ dataFolder: join(data.path, "environments"), logs });
    made.push(() => fleet.close());
    const rooms = {
      settings,
      data,
      logs,
      fleet,
      conduct: { fleet, clock: settings.clock, startConductor: parts.startConductor },
    };
    const registry = makeRegistry(rooms, report);
    made.push(
      () => registry.registry.close(),
      () => registry.platform?.close(),
    );
    await registry.registry.load();
    const engine = await openDoor(rooms, registry);
    starting = false;
    return { ...engine, notices: [...fleet.notices, ...problems] };
  } catch (error) {
    for (const close of made.reverse()) await close();
    throw error;
  }
}

interface Rooms {
  readonly settings: DoorSettings;
  readonly data: DataFolder;
  readonly logs: LogStore;
  readonly fleet: Fleet;
  readonly conduct: { readonly fleet: Fleet; readonly clock: Clock; readonly startConductor: StartConductor };
}

interface Registry {
  readonly registry: FunctionRegistry;
  readonly codeStore: CodeStore;
  readonly platform: PlatformBlocks | null;
}

function makeRegistry(
  { settings, data, fleet, conduct }: Rooms,
  report: (problem: string) => void,
): Registry {
  const { clock, stateDelays } = settings;
  const update = (name: string): Promise<void> => registry.renew(name);
  const platform =
    settings.platform === null
      ? null
      : new PlatformBlocks({ ...conduct, draw: settings.platform, update, report: settings.report });
  const codeStore = new CodeStore(join(data.path, "code"));
  const registry = new FunctionRegistry({
    accountId: accountOf(settings),
    fleet: platform === null ? fleet : platform.over(fleet),
    codeStore,
    recordStore: new RecordStore(join(data.path, "functions")),
    clock,
    delays: {
      create: durationMs(stateDelays?.createMs ?? 0),
      update: durationMs(stateDelays?.updateMs ?? 0),
    },
    draw: () => randomInt(DRAW_STEPS) / DRAW_STEPS,
    report,
  });
  return { registry, codeStore, platform };
}

async function openDoor(
  rooms: Rooms,
  { registry, codeStore, platform }: Registry,
): Promise<Omit<Engine, "notices">> {
  const { settings, data, logs, fleet, conduct } = rooms;
  const { clock, report, host } = settings;
  const account = accountOf(settings);
  const reservedConcurrency = (name: string): number | null | undefined =>
    registry.get(name)?.reservedConcurrency;
  const eventQueue = new EventQueue({
    fleet,
    clock,
    reservedConcurrency,
    settings: { ...EVENT_QUEUE_DEFAULTS, ...settings.events },
  });
  const planDesk = new PlanDesk({
    ...conduct,
    update: (name) => registry.renew(name),
    report,
    platformRuns: platform !== null,
  });
  const codeLinks = new CodeLinks({ clock, codeStore });
  let endpoint = "";
  const server = createDoor({
    boundHost: host,
    lambda: {
      routes: new LambdaRoutes(),
      operations: { registry, codeStore, codeUrl: (version) => endpoint + codeLinks.pathOf(version) },
    },
    invoke: { accountId: account, registry, fleet, eventQueue, clock },
    control: { version: settings.version, account, fleet, registry, planDesk },
    logs: { store: logs, accountId: account, now: () => clock.now() },
    codeLinks,
    report,
  });
  endpoint = await listen(server, host, settings.port);
  const close = async (): Promise<void> => {
    stopListening(server);
    eventQueue.close();
    // A step may wait for an invocation that ends only with the fleet.
    const plans = Promise.allSettled([planDesk.stop(), platform?.close()]);
    await registry.close();
    await fleet.close();
    await plans;
    // Callers in flight were answered while the fleet ended, so their sockets go last of all but the files.
    await closeConnections(server);
    logs.close();
    await data.release();
  };
  let closing: Promise<void> | null = null;
  return { endpoint, account, isolation: fleet.isolation, fleet, close: () => (closing ??= close()) };
}

function accountOf(settings: DoorSettings): string {
  return settings.accountId ?? "123456789012";
}
