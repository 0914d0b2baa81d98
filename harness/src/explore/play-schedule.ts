/**
 * Plays one schedule from its first step on fresh environments and a fresh peer, and has the judgement look at what the logs say.
 * What a single step does is play-step.ts's; which schedules to play is the search's.
 */
import type { Admission } from "../domain/admission.ts";
import { analyze } from "../analysis/analyze.ts";
import { DEFAULT_JUDGEMENT_SETTINGS } from "../analysis/judgement-settings.ts";
import type { Judgement } from "../domain/judgement.ts";
import { heldEvidence } from "../evidence/held-evidence.ts";
import type { LinkLogRecord } from "../domain/link-log.ts";
import type { PeerLogRecord, PeerReadyRecord } from "../domain/peer-log.ts";
import { startPeer, type Peer } from "../peer/peer.ts";
import type { Clock } from "../ports/clock.ts";
import { disturbed } from "./disturbed.ts";
import { EvidenceBook } from "./evidence-book.ts";
import { playStep, type PlayedStep, type Scene } from "./play-step.ts";
import type { ScheduleStep, ScheduleTimes } from "./schedule.ts";
import { openSockets } from "./settled.ts";
import type { Stage } from "./stage.ts";
import { stateKey } from "./state-key.ts";

export interface Played {
  readonly steps: readonly PlayedStep[];
  readonly judgement: Judgement;
  /** An invocation failed because another environment held the peer. */
  readonly harmed: boolean;
  /** The world at the end, without names and times: schedules that end in the same one go on alike. */
  readonly stateKey: string;
}

export interface PlayOptions {
  readonly label: string;
  readonly admission: Admission;
  readonly times: ScheduleTimes;
  readonly payload: Buffer;
  readonly clock: Clock;
  readonly toolVersion: string;
}

/** A machine that was too busy for one play may still be too busy for the next. */
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
  const props = await setUp(stage, options);
  const { scene, functionName } = props;
  try {
    const played: PlayedStep[] = [];
    for (const step of steps) {
      scene.waits = await stage.turns.take();
      try {
        played.push(await playStep(scene, step));
      } finally {
        scene.waits();
      }
    }
    return assess(stage, props, played, options);
  } finally {
    // Closes the peer first, so that nothing waits for connections that it still holds for environments that ended in silence.
    await props.peer.close();
    await stage.fleet.remove(functionName);
    stage.forget(functionName);
  }
}

/** What one play has to itself. */
interface Props {
  readonly functionName: string;
  readonly peer: Peer;
  readonly scene: Scene;
  readonly book: EvidenceBook;
  readonly peerLog: readonly PeerLogRecord[];
  readonly linkLog: () => readonly LinkLogRecord[];
}

async function setUp(stage: Stage, options: PlayOptions): Promise<Props> {
  const { clock, label, admission, toolVersion, payload, times } = options;
  const peerLog: PeerLogRecord[] = [];
  const ready: PeerReadyRecord[] = [];
  let scene: Scene | null = null;
  const peer = await startPeer({
    host: "127.0.0.1",
    port: 0,
    admission,
    idleTimeoutMs: null,
    replyLatencyMs: 0,
    clock,
    log: (record) => {
      if ("host" in record) return void ready.push(record);
      peerLog.push(record);
      scene?.peerSaid(record);
    },
  });
  const { fleet } = stage;
  const snapshot = stage.makeSnapshot(peer);
  const { functionName, functionArn, logging, runtime, timeoutMs } = snapshot;
  fleet.put(snapshot);
  fleet.setReservedConcurrency(functionName, 1);
  const book = new EvidenceBook(clock, {
    label,
    functionName,
    functionArn,
    logGroup: logging.logGroup,
    timeoutMs,
    runtime,
    admission,
    isolation: fleet.isolation,
    toolVersion,
  });
  for (const record of ready) book.peerReady(record);
  const linkFrom = fleet.linkRecords(Number.MAX_SAFE_INTEGER).next;
  const linkLog = (): readonly LinkLogRecord[] =>
    fleet.linkRecords(linkFrom).records.filter((record) => record.functionName === functionName);
  scene = {
    fleet,
    peer,
    book,
    payload,
    times,
    snapshot,
    peerSaid: () => {},
    waits: () => {},
    slow: false,
    streams: () => stage.streams(functionName),
    sockets: () => openSockets(linkLog(), peerLog),
  };
  return { functionName, peer, scene, book, peerLog, linkLog };
}

function assess(
  stage: Stage,
  { functionName, scene, book, peerLog, linkLog }: Props,
  played: readonly PlayedStep[],
  { toolVersion }: PlayOptions,
): { readonly played: Played; readonly undisturbed: boolean } {
  const links = linkLog();
  const records = stage.records(functionName);
  const evidence = book.evidence({ records, linkLog: links, peerLog });
  const judgement = analyze(heldEvidence(evidence), {
    ...DEFAULT_JUDGEMENT_SETTINGS,
    settleMs: 0,
    toolVersion,
  });
  const key = stateKey({
    environments: stage.fleet.environments(functionName),
    generation: scene.snapshot.generation,
    linkLog: links,
    peerLog,
    slowNext: scene.slow,
    cutOff: cutOff(played),
  });
  const harmed = (judgement.functions[0]?.harm.total ?? 0) > 0;
  return {
    played: { steps: played, judgement, harmed, stateKey: key },
    undisturbed: !disturbed(played, records, peerLog),
  };
}

function cutOff(played: readonly PlayedStep[]): boolean {
  const last = played.findLast(({ asked }) => asked);
  return last !== undefined && (last.step.step === "invoke-and-end" || last.outcome?.outcome !== "succeeded");
}
