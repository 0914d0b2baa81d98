/**
 * Puts the engine together around a fleet: data folder, registry, log store, queue, plans, control and the door; and takes
 * it apart in the order in which nothing is left behind. Which fleet and which conductor is said by `start-engine.ts`.
 */
import { randomInt } from "node:crypto";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { LongrunError } from "../../domain/errors.ts";
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
import { LambdaRoutes } from "./lambda-routes.ts";
import { PlanDesk, type StartConductor } from "./plan-desk.ts";
import { type DrawBlock, PlatformBlocks } from "./platform-blocks.ts";

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
  /** Ends everything; resolves when no process, socket or lock is left. */
  close(): Promise<void>;
}

export async function openEngine(settings: DoorSettings, parts: EngineParts): Promise<Engine> {
  /** What a start that fails half-way has made so far; closed the other way round. */
  const made: (() => Promise<void> | void)[] = [];
  try {
    const data = await openDataFolder(settings.dataFolder);
    made.push(() => data.release());
    const logs = new LogStore({
      folder: join(data.path, "logs"),
      now: () => settings.clock.now(),
      report: settings.report,
    });
    made.push(() => logs.close());
    const fleet = await parts.createFleet({ dataFolder: join(data.path, "environments"), logs });
    made.push(() => fleet.close());
    return await openDoor(settings, parts, { data, logs, fleet }, made);
  } catch (error) {
    for (const close of made.reverse()) await close();
    throw error;
  }
}

interface Ground {
  readonly data: DataFolder;
  readonly logs: LogStore;
  readonly fleet: Fleet;
}

async function openDoor(
  settings: DoorSettings,
  parts: EngineParts,
  { data, logs, fleet }: Ground,
  made: (() => Promise<void> | void)[],
): Promise<Engine> {
  const { clock, report, host } = settings;
  const account = settings.accountId ?? "123456789012";
  const codeStore = new CodeStore(join(data.path, "code"));
  const conduct = {
    fleet,
    clock,
    startConductor: parts.startConductor,
    update: (name: string): Promise<void> => registry.renew(name),
    report,
  };
  const platform =
    settings.platform === null ? null : new PlatformBlocks({ ...conduct, draw: settings.platform });
  if (platform !== null) made.push(() => platform.close());
  const registry = new FunctionRegistry({
    accountId: account,
    fleet: underPlatform(fleet, platform),
    codeStore,
    recordStore: new RecordStore(join(data.path, "functions")),
    clock,
    delays: {
      create: durationMs(settings.stateDelays?.createMs ?? 0),
      update: durationMs(settings.stateDelays?.updateMs ?? 0),
    },
    draw: () => randomInt(1_000_000_000) / 1_000_000_000,
    report,
  });
  made.push(() => registry.close());
  await registry.load();
  const eventQueue = new EventQueue({
    fleet,
    clock,
    settings: { ...EVENT_QUEUE_DEFAULTS, ...settings.events },
    reservedConcurrency: (name) => registry.get(name)?.reservedConcurrency,
  });
  const planDesk = new PlanDesk({ ...conduct, platformRuns: platform !== null });
  const codeLinks = new CodeLinks({ clock, codeStore });
  let endpoint = "";
  const server = createDoor({
    boundHost: host,
    routes: new LambdaRoutes(),
    operations: { registry, codeStore, codeUrl: (version) => endpoint + codeLinks.pathOf(version) },
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
    await closeServer(server);
    logs.close();
    await data.release();
  };
  let closing: Promise<void> | null = null;
  return { endpoint, account, isolation: fleet.isolation, fleet, close: () => (closing ??= close()) };
}

/** What the registry says to the fleet, and what `serve --platform` must hear of it. */
function underPlatform(
  fleet: Fleet,
  platform: PlatformBlocks | null,
): Pick<Fleet, "put" | "remove" | "setReservedConcurrency"> {
  return {
    put: (snapshot) => {
      fleet.put(snapshot);
      platform?.add(snapshot.functionName);
    },
    remove: async (name) => {
      await Promise.all([platform?.remove(name), fleet.remove(name)]);
    },
    setReservedConcurrency: (name, reserved) => fleet.setReservedConcurrency(name, reserved),
  };
}

function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "the port is in use" : error.message;
      reject(
        new LongrunError("unavailable", `The engine cannot listen on ${host}:${port}: ${why}.`, {
          hint: "--port 0 picks a free port.",
          cause: error,
        }),
      );
    });
    server.listen({ host, port }, () => {
      const address = server.address() as AddressInfo;
      resolve(
        `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`,
      );
    });
  });
}

/** New connections are refused from now on; those that are open still get their answers. */
function stopListening(server: Server): void {
  server.close();
  server.closeIdleConnections();
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (server.listening) server.close();
    // Answers written in this turn leave before the sockets do.
    setImmediate(() => {
      server.closeAllConnections();
      resolve();
    });
  });
}
