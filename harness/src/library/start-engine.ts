/** The local AWS Lambda inside a test's own process, with the same APIs and clients as in a soak. */
import { basename, extname, resolve } from "node:path";
import { cwd, env } from "node:process";
import { cloudwatchLogSource } from "../adapters/aws/cloudwatch-log-source.ts";
import { functionChanges } from "../adapters/aws/function-changes.ts";
import { lambdaDriver } from "../adapters/aws/lambda-driver.ts";
import { localDeployer } from "../adapters/aws/local-deployer.ts";
import { localUpdater } from "../adapters/aws/local-updater.ts";
import { serviceConnection } from "../adapters/aws/service-connection.ts";
import { bootstrapFile } from "../adapters/node/assets.ts";
import {
  bringClient,
  installedClientOf,
  interpreterOf,
  programOf,
} from "../adapters/toolchains/interpreters.ts";
import { readCodePackage } from "../adapters/toolchains/code-package.ts";
import { startLeaseTable, type LeaseTable } from "../adapters/node/lease-table.ts";
import { systemClock } from "../adapters/node/system-clock.ts";
import { toolVersion } from "../adapters/node/tool-version.ts";
import { wrongInput } from "../base/errors.ts";
import { WANTED_ISOLATIONS, type WantedIsolation } from "../words/isolation.ts";
import { PEER_NAME } from "../words/peer-name.ts";
import { PEER_VARIABLES } from "../words/peer-variables.ts";
import { startEngine as start, type StartEngineOptions } from "../engine/start-engine.ts";
import { launcherOf } from "../catalogue/runtimes/launcher.ts";
import { protocolChosen } from "../catalogue/protocols/all-protocols.ts";
import { defaultValue, withDefaults } from "../settings/setting-table.ts";
import { LOCAL_FACTS } from "../settings/setting.ts";
import { LOCAL_REGION } from "../words/local-region.ts";
import { PROTOCOL } from "../settings/shared-settings.ts";
import { SOAK_SETTINGS } from "../settings/soak-settings.ts";
import { TIMEOUT_SECONDS_MAX } from "../words/function-size.ts";
import { isFunctionTimeout } from "../settings/value-parsers.ts";
import type { LinkPlace } from "../words/link-place.ts";
import type { NetworkAddress } from "../catalogue/connection-strings/connection-string.ts";
import {
  configuredAddress,
  missingVariable,
  variablesFor,
  withPeer,
} from "../catalogue/connection-strings/configured-address.ts";
import type { Engine, EngineOptions, FunctionOptions } from "./engine-face.ts";
import { checkFunctionOptions } from "./check-function-options.ts";
import { checkOptions } from "./known-options.ts";
import { checkKnown } from "./known-value.ts";
import type { FunctionParts } from "./function-parts.ts";
import { makeFunction } from "./function-under-test.ts";

const { memoryMb: MEMORY_MB, functionTimeout: TIMEOUT_MS } = withDefaults(SOAK_SETTINGS, {}, LOCAL_FACTS);

/**
 * The engine holds back each answer until the environment is idle, at most for this time (but not if an extension listens to INVOKE). So
 * the next invocation of a test is not throttled on a busy machine.
 */
const PHASE_END_WAIT_MS = TIMEOUT_SECONDS_MAX * 1_000;

/** Resolves with the engine when it takes requests. Throws a LongrunError "unavailable" if the machine lacks something that the engine needs. */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  const links = linksOf(checkOptions("startEngine", options));
  /** The addresses of peers, by the function's name, then by the peer's name. `addressesOf` says which peers are left out. */
  const peers = new Map<string, ReadonlyMap<string | null, NetworkAddress>>();
  const engine = await start({
    host: "127.0.0.1",
    port: 0,
    dataFolder: null,
    isolation: isolationOf(options, links),
    platform: null,
    links: links.map(({ name, place }) => ({
      ...(name === null ? {} : { peer: name }),
      place,
      upstreamOf: (functionName) => peers.get(functionName)?.get(name) ?? null,
      protocol: protocolChosen(options.protocol ?? defaultValue(PROTOCOL, LOCAL_FACTS)),
    })),
    bootstrapFile: bootstrapFile(),
    clock: systemClock,
    version: toolVersion(),
    fleet: { ...programsOf(options), answerAtPhaseEnd: true, phaseEndWaitMs: PHASE_END_WAIT_MS },
  });
  const clients = clientsOf(engine.endpoint);
  const names = new Set<string>();
  const launches = options.launcher !== undefined;
  let lease: LeaseTable | null = null;
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    clients.driver.close();
    clients.logs.close();
    clients.updater.close();
    clients.changes.close();
    await engine.close();
    await lease?.close();
  };
  return {
    endpoint: engine.endpoint,
    async createFunction(given) {
      const own = peersOf(checkFunctionOptions(given), links);
      // The name counts as taken only after the code was loaded. So a test can correct its mistake and use the same name.
      const code = await loadCode({ ...given, launches });
      const name = freeName(given, names);
      // The shipped design lease-connect needs a DynamoDB table. The library provides one.
      if (basename(given.code) === "lease-connect.zip") lease ??= await startLeaseTable();
      const environment = links.reduce<Readonly<Record<string, string>>>(
        (variables, link) => environmentOf(link.place, variables, own.get(link.name) ?? null),
        {
          ...(basename(given.code) === "lease-connect.zip" ? lease?.environment : {}),
          ...given.environment,
        },
      );
      peers.set(name, addressesOf(own, links));
      const { runtime } = code;
      await clients.deployer.deploy({
        functionName: name,
        zip: code.zip,
        handler: code.handler,
        runtime,
        memoryMb: given.memoryMb ?? MEMORY_MB,
        timeoutMs: timeoutOf(given),
        environment,
        reservedConcurrency: 1,
        isolatesTenants: given.isolatesTenants === true,
      });
      const facts = await clients.driver.look(name);
      const parts: FunctionParts = {
        name,
        environment,
        peers: own,
        strangers: given.strangers ?? [],
        facts,
        runtime,
        program: programOf(runtime, env, options.launcher ?? null),
        fleet: engine.fleet,
        isolation: engine.isolation,
        ...clients,
        loadCode: async (file) =>
          (await loadCode({ ...given, launches, code: file, handler: code.handler, runtime })).zip,
      };
      return makeFunction(parts);
    },
    close: () => (closing ??= close()),
  };
}

/** Leaves out a peer whose address is in two variables, because its link reads the variables itself. */
function addressesOf(
  own: FunctionParts["peers"],
  links: readonly NamedLink[],
): ReadonlyMap<string | null, NetworkAddress> {
  return new Map(
    links.flatMap(({ name, place }) => {
      const peer = own.get(name);
      return peer === undefined || "hostVariable" in place
        ? []
        : [[name, { host: peer.host, port: peer.port }] as const];
    }),
  );
}

function clientsOf(endpoint: string) {
  // AWS's client would print its warning about Node 20 into the output of the user's tests. README.md says which Node is needed.
  env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const connection = serviceConnection({ region: LOCAL_REGION, endpoint });
  return {
    driver: lambdaDriver(connection),
    logs: cloudwatchLogSource(connection),
    deployer: localDeployer(connection),
    updater: localUpdater(connection),
    changes: functionChanges(connection),
  };
}

function programsOf({ launcher }: EngineOptions): NonNullable<StartEngineOptions["fleet"]> {
  return {
    interpreterOf: interpreterOf(env),
    installedClientOf: installedClientOf(env),
    launcher: launcherOf(launcher ?? null, env),
  };
}

function environmentOf(
  place: LinkPlace,
  own: Readonly<Record<string, string>>,
  peer: NetworkAddress | null,
): Readonly<Record<string, string>> {
  if ("variable" in place && own[place.variable] === undefined)
    throw wrongInput(`link: ${missingVariable(place.variable, own)}`);
  const found = configuredAddress(place, own);
  const written = peer === null ? {} : variablesFor(place, own, peer);
  if (found !== null && "problem" in found && Object.keys(written).length === 0)
    throw wrongInput(`link: ${found.problem}`);
  return withPeer(place, own, peer);
}

interface NamedLink {
  /** Null if functions have one peer. */
  readonly name: string | null;
  readonly place: LinkPlace;
}

/** A link by name needs a kind of isolation in which names can be replaced. */
function isolationOf({ isolation }: EngineOptions, links: ReturnType<typeof linksOf>): WantedIsolation {
  if (isolation === undefined) return links.some(({ place }) => "name" in place) ? "namespaces" : "none";
  checkKnown("isolation", isolation, WANTED_ISOLATIONS);
  return isolation;
}

function linksOf({ link, links, peerVariables }: EngineOptions): readonly NamedLink[] {
  if (links === undefined) {
    const { host, port } = peerVariables ?? PEER_VARIABLES;
    return [{ name: null, place: link ?? { hostVariable: host, portVariable: port } }];
  }
  if (link !== undefined || peerVariables !== undefined)
    throw wrongInput("links: expected alone, without link and peerVariables, which are for one peer");
  const named = Object.entries(links).map(([name, place]) => ({ name, place }));
  const wrong = named.find(({ name }) => !PEER_NAME.test(name));
  if (named.length === 0 || wrong !== undefined)
    throw wrongInput(
      `links: expected names of peers, each a letter and up to 31 letters, digits, - and _${wrong === undefined ? "" : `, not ${JSON.stringify(wrong.name)}`}`,
    );
  return named;
}

function peersOf({ peer, peers }: FunctionOptions, links: readonly NamedLink[]): FunctionParts["peers"] {
  const names = links.flatMap(({ name }) => name ?? []);
  if (names.length === 0) {
    if (peers !== undefined)
      throw wrongInput(
        "peers: expected startEngine({ links }), which says where functions find each of their peers",
      );
    return new Map(peer === undefined ? [] : [[null, peer]]);
  }
  const given = Object.entries(peers ?? {});
  if (peer !== undefined || given.length !== names.length || given.some(([name]) => !names.includes(name)))
    throw wrongInput(`peers: expected a peer for each of the engine's links: ${names.join(", ")}`);
  return new Map(given);
}

function timeoutOf({ timeoutMs = TIMEOUT_MS }: FunctionOptions): number {
  if (isFunctionTimeout(timeoutMs)) return timeoutMs;
  throw wrongInput(
    `timeoutMs: expected whole seconds from 1000 to ${TIMEOUT_SECONDS_MAX * 1_000}, as Lambda allows, not ${timeoutMs}`,
  );
}

function freeName({ name, code }: FunctionOptions, taken: Set<string>): string {
  if (name !== undefined && !/^[A-Za-z0-9-_]{1,64}$/.test(name))
    throw wrongInput(`name: expected up to 64 letters, digits, - and _, not ${JSON.stringify(name)}`);
  if (name !== undefined && taken.has(name)) throw wrongInput(`name: there is a function ${name} already`);
  const base = basename(code, extname(code))
    .replace(/[^A-Za-z0-9-_]+/g, "-")
    .slice(0, 58);
  let chosen = name ?? base;
  for (let n = 2; taken.has(chosen); n += 1) chosen = `${base}-${n}`;
  taken.add(chosen);
  return chosen;
}

async function loadCode({
  code,
  handler = null,
  runtime = null,
  bin = null,
  launches,
}: {
  readonly code: string;
  readonly handler?: string | null;
  readonly runtime?: string | null;
  readonly bin?: string | null;
  readonly launches: boolean;
}): Promise<{ readonly zip: Uint8Array; readonly handler: string; readonly runtime: string }> {
  const read = await readCodePackage(resolve(cwd(), code), handler, { runtime, binary: bin, launches });
  if (!read.ok) throw wrongInput(`code ${code}: expected ${read.expected}`);
  await bringClient(read.runtime, env, () => undefined);
  return read;
}
