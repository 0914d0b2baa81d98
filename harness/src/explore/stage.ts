/**
 * The stage on which schedules are played: real environments, one unpacked package, and a function for each schedule, which gets the
 * addresses of that schedule's peers.
 */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { wrongInput } from "../base/errors.ts";
import type { LogRecord } from "../record/log-record.ts";
import { SEARCH_MEMORY_MB } from "../words/search-memory.ts";
import { createFleet } from "../engine/scheduling/fleet.ts";
import type { Fleet } from "../engine/fleet-contract.ts";
import type { FunctionSnapshot } from "../engine/function-snapshot.ts";
import { LateWrites } from "../engine/late-writes.ts";
import type { LogSink } from "../engine/log-sink.ts";
import { DEFAULT_PLACE } from "../engine/link/link-options.ts";
import type { LinkPlace } from "../words/link-place.ts";
import { LOCAL_REGION } from "../words/local-region.ts";
import type { NetworkAddress } from "../catalogue/connection-strings/connection-string.ts";
import { variablesFor } from "../catalogue/connection-strings/configured-address.ts";
import {
  ENVIRONMENTS_FOLDER,
  makeTemporaryDataFolder,
} from "../engine/process/running/temporary-data-folder.ts";
import { removeTree } from "../engine/remove-tree.ts";
import { unpackPackage } from "../engine/registry/packages/unpack-package.ts";
import type { ProtocolName } from "../catalogue/protocols/all-protocols.ts";
import { DEFAULT_RUNTIME } from "../catalogue/runtimes/all-runtimes.ts";
import type { InstalledClient } from "../catalogue/runtimes/installed-client.ts";
import type { Interpreter } from "../catalogue/runtimes/interpreter.ts";
import { ranOn, type RanOn } from "../catalogue/runtimes/interpreter-notice.ts";
import type { Launcher } from "../catalogue/runtimes/launcher.ts";
import type { Clock } from "../run/ports/clock.ts";
import type { ScheduleTimes } from "./schedule.ts";
import { turns, type Turns } from "./turns.ts";

export interface StageOptions {
  readonly zip: Uint8Array;
  readonly handler: string;
  /** Default: DEFAULT_RUNTIME. */
  readonly runtime?: string;
  /** Default: the Node that runs longrun. */
  readonly interpreterOf?: (runtime: string) => Interpreter | null;
  /** Default: AWS's runtime client is not installed. */
  readonly installedClientOf?: (runtime: string) => InstalledClient | null;
  /** Default: none. */
  readonly launcher?: Launcher | null;
  /** Default: SEARCH_MEMORY_MB. */
  readonly memoryMb?: number | null;
  /** Variables of the function in addition to the peer's address. */
  readonly environment: Readonly<Record<string, string>>;
  readonly times: ScheduleTimes;
  /** Default: one peer, in PEER_HOST and PEER_PORT, whose protocol is recognised. */
  readonly links?: readonly StageLink[];
  readonly bootstrapFile: string;
  readonly clock: Clock;
}

interface StageLink {
  /** Null if the function has only one peer. */
  readonly name: string | null;
  readonly place: LinkPlace;
  /** Null if the protocol is to be recognised. */
  readonly protocol: ProtocolName | null;
}

const ONLY_LINK: StageLink = { name: null, place: DEFAULT_PLACE, protocol: null };

export interface Stage {
  /** `[null]` if the function has only one peer. */
  readonly peerNames: readonly (string | null)[];
  readonly program: RanOn;
  readonly fleet: Fleet;
  readonly turns: Turns;
  /**
   * Returns the snapshot of a function that no other schedule uses. `peers` are the addresses of its peers, in the order of `peerNames`. The
   * caller must `put` the snapshot into the fleet.
   */
  makeSnapshot(...peers: readonly NetworkAddress[]): FunctionSnapshot;
  /** The log streams of the function's environments, in the order in which the environments were created. */
  streams(functionName: string): readonly string[];
  records(functionName: string): readonly LogRecord[];
  forget(functionName: string): void;
  close(): Promise<void>;
}

const ACCOUNT = "123456789012";

export async function openStage(options: StageOptions): Promise<Stage> {
  const folder = await makeTemporaryDataFolder();
  const codeFolder = join(folder, "code");
  const logs = new StageLogs();
  const links = options.links ?? [ONLY_LINK];
  /** The addresses of each function's peers: by the function's name, in the order of the links. */
  const peers = new Map<string, readonly NetworkAddress[]>();
  try {
    await unpackPackage(Buffer.from(options.zip), codeFolder).catch((error: unknown) => {
      throw wrongInput(
        `The deployment package cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );
    });
    const fleet = await createFleet({
      dataFolder: join(folder, ENVIRONMENTS_FOLDER),
      // As in a soak: each environment has an /etc/hosts and a /tmp of its own, where the machine allows it.
      isolation: "auto",
      bootstrapFile: options.bootstrapFile,
      logs,
      ...(options.interpreterOf === undefined ? {} : { interpreterOf: options.interpreterOf }),
      ...(options.installedClientOf === undefined ? {} : { installedClientOf: options.installedClientOf }),
      launcher: options.launcher ?? null,
      clock: options.clock,
      links: links.map(({ name, place, protocol }, index) => ({
        ...(name === null ? {} : { peer: name }),
        place,
        upstreamOf: (functionName) => peers.get(functionName)?.[index] ?? null,
        protocol,
      })),
    });
    const runtime = options.runtime ?? DEFAULT_RUNTIME;
    let functions = 0;
    return {
      peerNames: links.map(({ name }) => name),
      fleet,
      program: ranOn(runtime, options.interpreterOf?.(runtime) ?? null, options.launcher?.command ?? null),
      turns: turns(availableParallelism() + 1),
      makeSnapshot(...addresses) {
        functions += 1;
        const name = `schedule-${functions}`;
        peers.set(
          name,
          addresses.map(({ host, port }) => ({ host, port })),
        );
        return snapshotOf(options, codeFolder, name, addresses);
      },
      streams: (name) => logs.streams(groupOf(name)),
      records: (name) => logs.records(groupOf(name)),
      forget: (name) => {
        peers.delete(name);
        logs.forget(groupOf(name));
      },
      close: async () => {
        await fleet.close();
        await removeTree(folder);
      },
    };
  } catch (error) {
    await removeTree(folder);
    throw error;
  }
}

const groupOf = (functionName: string): string => `/aws/lambda/${functionName}`;

function snapshotOf(
  options: StageOptions,
  codeFolder: string,
  functionName: string,
  addresses: readonly NetworkAddress[],
): FunctionSnapshot {
  const { times, links = [ONLY_LINK] } = options;
  const own = {
    PEER_CONNECT_TIMEOUT_MS: String(times.connectTimeoutMs),
    LEASE_MS: String(times.leaseMs),
    LEASE_RENEW_MS: String(times.leaseRenewMs),
    LEASE_WAIT_MS: String(times.leaseWaitMs),
    LEASE_CLOCK_MARGIN_MS: String(times.leaseClockMarginMs),
    ...options.environment,
  };
  const environment = links.reduce<Readonly<Record<string, string>>>((variables, { place }, index) => {
    const address = addresses[index];
    return address === undefined ? variables : { ...variables, ...variablesFor(place, variables, address) };
  }, own);
  return {
    functionName,
    functionArn: `arn:aws:lambda:${LOCAL_REGION}:${ACCOUNT}:function:${functionName}`,
    region: LOCAL_REGION,
    accountId: ACCOUNT,
    version: "$LATEST",
    generation: 1,
    runtime: options.runtime ?? DEFAULT_RUNTIME,
    handler: options.handler,
    memorySizeMb: options.memoryMb ?? SEARCH_MEMORY_MB,
    timeoutMs: times.functionTimeoutMs,
    environment,
    codeFolder,
    codeSha256: "",
    layerFolders: [],
    initializationType: "on-demand",
    logging: {
      format: "JSON",
      applicationLogLevel: "INFO",
      systemLogLevel: "DEBUG",
      logGroup: groupOf(functionName),
    },
  };
}

class StageLogs implements LogSink {
  readonly late = new LateWrites((error) => {
    throw error;
  });
  readonly #groups = new Map<string, { readonly streams: string[]; readonly records: LogRecord[] }>();
  #events = 0;

  createStream(logGroup: string, logStreamName: string): void {
    this.#group(logGroup).streams.push(logStreamName);
  }

  write(logGroup: string, logStreamName: string, timestamp: number, message: string): void {
    this.#events += 1;
    this.#group(logGroup).records.push({
      logGroup,
      logStreamName,
      timestamp,
      message,
      ingestionTime: timestamp,
      eventId: String(this.#events).padStart(20, "0"),
    });
  }

  streams(logGroup: string): readonly string[] {
    this.late.flush();
    return [...(this.#groups.get(logGroup)?.streams ?? [])];
  }

  records(logGroup: string): readonly LogRecord[] {
    this.late.flush();
    return [...(this.#groups.get(logGroup)?.records ?? [])];
  }

  forget(logGroup: string): void {
    this.late.flush();
    this.#groups.delete(logGroup);
  }

  #group(logGroup: string): { readonly streams: string[]; readonly records: LogRecord[] } {
    this.late.flush();
    let group = this.#groups.get(logGroup);
    if (group === undefined) {
      group = { streams: [], records: [] };
      this.#groups.set(logGroup, group);
    }
    return group;
  }
}
