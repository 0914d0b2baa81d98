/** Plays one schedule on fresh environments and a fresh peer, and judges the logs. */
import type { Admission } from "../words/admission.ts";
import type { RunResult } from "../result/run-result.ts";
import { hideInEvidence, hideInTexts } from "../evidence/hide-values.ts";
import type { FindHidden } from "../base/hidden-text.ts";
import type { LinkLogRecord } from "../record/link-log.ts";
import type { PeerLogRecord } from "../record/peer-log.ts";
import { judgeRun } from "../judge/judge-run.ts";
import type { Clock } from "../run/ports/clock.ts";
import { wasDisturbed } from "./was-disturbed.ts";
import { EvidenceRecorder } from "./evidence-recorder.ts";
import { leverSchedule } from "./lever-steps.ts";
import { playStep, type PlayedStep, type Scene } from "./play-step.ts";
import type { ScheduleStep, ScheduleTimes } from "./schedule.ts";
import { openSockets } from "./wait-until-settled.ts";
import type { Stage } from "./stage.ts";
import { capacityOfPeer, startStagePeers, type StagePeers } from "./stage-peers.ts";
import { stateKey } from "./state-key.ts";

export interface Played {
  readonly steps: readonly PlayedStep[];
  readonly result: RunResult;
  readonly harmed: boolean;
  /** The state at the end (state-key.ts). */
  readonly stateKey: string;
}

export interface PlayOptions {
  readonly label: string;
  readonly admission: Admission;
  readonly capacity: number;
  /** The capacities that differ from `capacity`, by the name of the peer. Only for a function with several peers. */
  readonly capacities?: Readonly<Record<string, number>>;
  /** The client names that the peer's other clients use. */
  readonly strangers?: readonly string[];
  /** Finds values of variables, which neither the steps nor the evidence must have. By default there are none. */
  readonly findHidden?: FindHidden;
  readonly times: ScheduleTimes;
  readonly payload: Buffer;
  readonly clock: Clock;
  readonly toolVersion: string;
}

const NOTHING_HIDDEN: FindHidden = () => [];

/** If load on this machine disturbed a play, the schedule is played again, but at most this many times in all. */
const PLAYS_AT_MOST = 4;

export async function playSchedule(
  stage: Stage,
  steps: readonly ScheduleStep[],
  options: PlayOptions,
): Promise<Played> {
  for (let play = 1; ; play += 1) {
    const { played, undisturbed } = await playOnce(stage, steps, options);
    if (undisturbed || play === PLAYS_AT_MOST) return played;
  }
}

async function playOnce(
  stage: Stage,
  steps: readonly ScheduleStep[],
  options: PlayOptions,
): Promise<{ readonly played: Played; readonly undisturbed: boolean }> {
  const prepared = await setUp(stage, steps, options);
  const { scene, functionName } = prepared;
  const { findHidden = NOTHING_HIDDEN } = options;
  try {
    const played: PlayedStep[] = [];
    for (const step of steps) {
      scene.waits = await stage.turns.take();
      try {
        played.push(hideInTexts(await playStep(scene, step), findHidden));
      } finally {
        scene.waits();
      }
    }
    return assess(stage, prepared, played, options);
  } finally {
    // The peer is closed first: nothing should wait for connections that it still holds for environments that ended in silence.
    await prepared.peers.close();
    await stage.fleet.remove(functionName);
    stage.forget(functionName);
  }
}

interface PreparedPlay {
  readonly functionName: string;
  readonly peers: StagePeers;
  readonly scene: Scene;
  readonly recorder: EvidenceRecorder;
  readonly peerLog: readonly PeerLogRecord[];
  readonly linkLog: () => readonly LinkLogRecord[];
}

async function setUp(
  stage: Stage,
  steps: readonly ScheduleStep[],
  options: PlayOptions,
): Promise<PreparedPlay> {
  const { clock, label, admission, capacity, strangers = [], toolVersion, payload, times } = options;
  const peerLog: PeerLogRecord[] = [];
  let scene: Scene | null = null;
  const peers = await startStagePeers({
    ...options,
    names: stage.peerNames,
    log: (record) => {
      peerLog.push(record);
      scene?.peerSaid(record);
    },
  });
  const { fleet } = stage;
  const snapshot = stage.makeSnapshot(...peers.addresses);
  const { functionName, functionArn, logging, runtime, timeoutMs } = snapshot;
  fleet.put(snapshot);
  fleet.setReservedConcurrency(functionName, 1);
  const recorder = new EvidenceRecorder(clock, {
    label,
    functionName,
    functionArn,
    logGroup: logging.logGroup,
    timeoutMs,
    runtime,
    program: stage.program,
    admission,
    capacity,
    peers: peers.ready.flatMap(({ name, record: { host, port } }) =>
      name === null
        ? []
        : [{ name, host, port, capacity: capacityOfPeer(options, name), capacityGiven: true }],
    ),
    strangers,
    isolation: fleet.isolation,
    toolVersion,
  });
  for (const { name, record } of peers.ready) recorder.peerReady(record, name);
  const published = publishedIn(steps);
  for (const version of published) {
    fleet.put({ ...snapshot, version });
    recorder.versionPublished("versions", version);
  }
  const linkFrom = fleet.linkRecords(Number.MAX_SAFE_INTEGER).next;
  const linkLog = (): readonly LinkLogRecord[] =>
    fleet.linkRecords(linkFrom).records.filter((record) => record.functionName === functionName);
  scene = {
    fleet,
    byLevers: leverSchedule(steps).ok,
    peer: peers,
    recorder,
    payload,
    times,
    toProvision: String(Number(published.at(-1) ?? 0) + 1),
    snapshot,
    peerSaid: () => {},
    waits: () => {},
    slow: false,
    streams: () => stage.streams(functionName),
    sockets: () => openSockets(linkLog(), peerLog),
  };
  return { functionName, peers, scene, recorder, peerLog, linkLog };
}

/** The numbers of the versions that are published before the schedule begins. */
function publishedIn(steps: readonly ScheduleStep[]): readonly string[] {
  const invoked = steps.flatMap((step) => (step.step === "invoke-version" ? [step.version] : []));
  return [1, 2].filter((number) => invoked.some((version) => version === number)).map(String);
}

function assess(
  stage: Stage,
  { functionName, scene, recorder, peerLog, linkLog }: PreparedPlay,
  played: readonly PlayedStep[],
  { findHidden = NOTHING_HIDDEN }: PlayOptions,
): { readonly played: Played; readonly undisturbed: boolean } {
  const links = linkLog();
  const records = stage.records(functionName);
  const evidence = hideInEvidence(recorder.evidence({ records, linkLog: links, peerLog }), findHidden);
  const result = judgeRun(evidence);
  const key = stateKey({
    environments: stage.fleet.environments(functionName),
    generation: scene.snapshot.generation,
    peerNames: stage.peerNames,
    linkLog: links,
    peerLog,
    slowNext: scene.slow,
    cutOff: cutOff(played),
  });
  const harmed = (result.functions[0]?.harm.total ?? 0) > 0;
  return {
    played: { steps: played, result, harmed, stateKey: key },
    undisturbed: !wasDisturbed(played, records, peerLog),
  };
}

function cutOff(played: readonly PlayedStep[]): boolean {
  const last = played.findLast(({ asked }) => asked);
  return last !== undefined && (last.step.step === "invoke-and-end" || last.outcome?.outcome !== "succeeded");
}
