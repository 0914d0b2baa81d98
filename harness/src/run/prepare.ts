/** First step of a soak: starts the engine and the peers, and makes or looks up the functions. */
import { LongrunError, wrongInput, notAvailable } from "../base/errors.ts";
import type { Manifest } from "../record/manifest.ts";
import { withPeer } from "../catalogue/connection-strings/configured-address.ts";
import type { RunningPeer } from "./ports/peer-launcher.ts";
import { durationMs, parseIsoTime, type EpochMs } from "../base/time.ts";
import { prepareChanges, type FunctionSurroundings } from "./prepare-changes.ts";
import { evidenceSince } from "./evidence-since.ts";
import { FailureWatch } from "./failure-watch.ts";
import { followEngine } from "./follow-engine.ts";
import { lookAtFunction } from "./look-at-function.ts";
import { LogCollector } from "./log-collector.ts";
import { undoKilledPart } from "./provoke-functions.ts";
import { recorder as makeRecorder } from "./recorder.ts";
import { readingOn } from "./reading-on.ts";
import { RequestSettlement } from "./request-settlement.ts";
import { peerLogCollector } from "./peer-log-collector.ts";
import type { FunctionInput, PeerLogGroup, SoakInput, SoakPorts } from "./soak-input.ts";
import { SignIn } from "./sign-in.ts";
import type { Cleanup, Soak, SoakFunction } from "./soak-state.ts";

const RESERVED_WITHIN_MS = 10_000;
const ASK_AGAIN_MS = 100;

export async function prepare(input: SoakInput, ports: SoakPorts, cleanup: Cleanup): Promise<Soak> {
  const recorder = makeRecorder(ports.store, ports.clock, input.resume, (event) =>
    ports.metrics?.recorded(event),
  );
  recorder.record({ event: "run-started", resumed: input.resume !== null });
  const engine = await startEngine(ports, cleanup);
  const endpoint = engine?.endpoint ?? input.endpoint;
  const service = ports.connect(endpoint);
  cleanup.add(() => service.driver.close());
  cleanup.add(() => service.changes.close());
  cleanup.add(() => service.logs.close());
  cleanup.add(() => service.metrics?.close());
  const status = service.control === null ? null : await service.control.status();
  const preparing = input.functions.map((chosen) =>
    prepareFunction(chosen, { input, ports, recorder, service, cleanup }),
  );
  // If one fails, the others are awaited: the cleanup must not begin while a copy is still being made.
  await Promise.allSettled(preparing);
  const functions = await Promise.all(preparing);
  const manifest: Manifest = {
    ...input.manifest,
    endpoint,
    isolation: status?.isolation ?? null,
    functions: input.manifest.functions.map((entry) => ({
      ...entry,
      codeSha256: functions.find((one) => one.input.label === entry.name)?.facts.codeSha256 ?? null,
    })),
  };
  ports.store.writeManifest(manifest);
  const signIn = new SignIn(ports);
  const soak: Soak = {
    input,
    ports,
    recorder,
    engine,
    service,
    functions,
    engineRecords: null,
    reloadPlan: null,
    nextOf: null,
    undoFailure: null,
    manifest,
    signIn,
    refused: null,
  };
  if (status !== null) followEngine(soak, status.since);
  return soak;
}

async function startEngine(ports: SoakPorts, cleanup: Cleanup): Promise<Soak["engine"]> {
  if (ports.engine === null) return null;
  ports.progress.say("starting the local engine");
  const engine = await ports.engine.start(ports.stop.drain);
  let closing = false;
  cleanup.add(async () => {
    closing = true;
    await engine.close();
  });
  void engine.ended.then((lastWords) => {
    if (closing) return;
    ports.progress.say(`the local engine ended by itself: ${lastWords.split("\n")[0] ?? ""}`);
    ports.stop.requestDrain("engine-gone");
  });
  return engine;
}

async function prepareFunction(chosen: FunctionInput, around: FunctionSurroundings): Promise<SoakFunction> {
  const { input, ports, recorder, service } = around;
  const peer = await startPeer(chosen, around);
  const address = peer ?? input.peerAddress;
  await (chosen.deployment === null ? undoKilledPart(chosen, around) : deploy(chosen, address, around));
  const changed = await prepareChanges(chosen, around);
  const facts = await lookAtFunction(chosen, around);
  const reservedConcurrency = await waitForReservation(chosen, around);
  const before = input.resume?.functions.get(chosen.label) ?? null;
  // The code of a resumed run is compared with the code that was recorded last. So the new code is checked before it is recorded. If it was
  // recorded first and then refused, the next --resume would accept it.
  if (before !== null && before.codeSha256 !== null && facts.codeSha256 !== before.codeSha256) {
    throw wrongInput(`--resume: the code of ${chosen.label} is not the code with which this run began.`, {
      hint: "Build the same code again, or start a new run.",
    });
  }
  recorder.record({ event: "function-ready", function: chosen.label, ...facts, reservedConcurrency });
  recordPeers(chosen, peer, around);
  const managed = chosen.peerLog ?? null;
  const failures = new FailureWatch();
  const environments = new Set(before?.environments);
  const settlement = new RequestSettlement();
  for (const requestId of before?.requestIds ?? []) settlement.expect(requestId);
  // The engine stamps log events with this machine's clock. AWS uses another clock.
  const now = ports.engine !== null || service.control !== null ? () => ports.clock.now() : undefined;
  const since = evidenceSince({
    modified: lastModified(facts.lastModified),
    created: input.manifest.createdAt,
    idleLifeMs: input.manifest.profile.idleLifeMs,
    ownClock: now !== undefined,
  });
  // If the run has its own engine, the engine of the killed part ended with that part, and the engine's unread records were lost.
  const { from, known } =
    ports.engine === null && before !== null
      ? readingOn(before, { input, modified: since, now })
      : { from: since, known: null };
  if (before !== null && ports.engine !== null) settlement.forget();
  const collector = new LogCollector({
    source: service.logs,
    logGroup: facts.logGroup,
    from,
    overlap: input.logOverlap,
    known,
    now,
    take: (records) => {
      ports.store.appendLogs(chosen.label, records);
      for (const record of records) {
        settlement.see(record);
        environments.add(record.logStreamName);
      }
      failures.logged(records);
    },
  });
  return {
    input: chosen,
    changed,
    facts,
    peer,
    settlement,
    failures,
    environments,
    collector,
    peerCollector: managed === null ? null : collectPeerLog(chosen, managed, since, around),
  };
}

function recordPeers(
  { label, peerLog = null }: FunctionInput,
  peer: RunningPeer | null,
  { input, recorder }: FunctionSurroundings,
): void {
  const ready = { event: "peer-ready", function: label } as const;
  // Only longrun's own peer always keeps a log. This event tells the judgement to expect it.
  if (peer !== null) {
    const admission = input.ownPeers?.admission ?? null;
    recorder.record({ ...ready, host: peer.host, port: peer.port, admission });
  }
  if (peerLog !== null) {
    const { host, port } = peerLog.address ?? { host: "unknown", port: 0 };
    recorder.record({ ...ready, host, port, admission: null });
  }
}

function collectPeerLog(
  { label }: FunctionInput,
  { logGroup }: PeerLogGroup,
  from: EpochMs,
  { input, ports, service }: FunctionSurroundings,
): LogCollector {
  return peerLogCollector({
    source: service.logs,
    logGroup,
    from,
    overlap: input.logOverlap,
    known: input.resume?.functions.get(label)?.peerRecords ?? [],
    take: (record) => ports.store.appendPeer(label, record),
  });
}

async function startPeer(
  chosen: FunctionInput,
  { input, ports, cleanup }: FunctionSurroundings,
): Promise<RunningPeer | null> {
  if (input.ownPeers === null || chosen.deployment === null) return null;
  let listening = true;
  const peer = await ports.peers.start({
    ...input.ownPeers,
    log: (record) => {
      if (!listening) return;
      try {
        ports.store.appendPeer(chosen.label, record);
      } catch {
        // A failed write of the peer's log must not stop the peer. The run notices the full disk at its own next write.
        ports.stop.requestDrain("disk-full");
      }
    },
  });
  cleanup.add(async () => {
    // Connections that close because the run ends are not evidence.
    listening = false;
    await peer.close();
  });
  return peer;
}

async function deploy(
  chosen: FunctionInput,
  address: { readonly host: string; readonly port: number } | null,
  around: FunctionSurroundings,
): Promise<void> {
  const { input, ports, service, cleanup } = around;
  if (chosen.deployment === null) return;
  await service.deployer.deploy({
    ...chosen.deployment,
    functionName: chosen.functionName,
    environment: input.links.reduce(
      (environment, { place, peer }) => withPeer(place, environment, peer ?? address),
      chosen.deployment.environment,
    ),
    reservedConcurrency: input.reservedConcurrency,
    replaces: input.resume !== null,
    isolatesTenants: input.provoke.includes("tenants"),
  });
  // The function is removed from an engine that others use. If that fails because the engine was killed, the result of the run is still valid.
  const say = (error: Error): void => ports.progress.say(error.message);
  if (input.endpoint !== null) cleanup.add(() => service.deployer.remove(chosen.functionName).catch(say));
}

/** Terraform reserves concurrency some seconds after the function is Active, and until then executions may overlap. */
async function waitForReservation(
  chosen: FunctionInput,
  { input, ports, service }: FunctionSurroundings,
): Promise<number | null> {
  const { clock, stop, progress } = ports;
  const until = clock.monotonic() + RESERVED_WITHIN_MS;
  for (;;) {
    const reserved = await service.driver.reservedConcurrency(chosen.functionName);
    if (chosen.deployment === null ? reserved !== null : reserved === input.reservedConcurrency)
      return reserved;
    if (stop.drain.aborted)
      throw new LongrunError("interrupted", "Interrupted before the first invocation; there is no run.");
    if (clock.monotonic() >= until) {
      progress.say(`${chosen.label} has no reserved concurrency: its executions may overlap`);
      return reserved;
    }
    await clock.sleep(durationMs(ASK_AGAIN_MS), stop.drain);
  }
}

function lastModified(text: string): EpochMs {
  const instant = parseIsoTime(text);
  if (instant === null)
    throw notAvailable(`Lambda says that the function was modified at ${text}, which is not a time.`);
  return instant;
}
