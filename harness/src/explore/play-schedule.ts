/**
 * Plays one schedule from its first step on fresh environments and a fresh peer, and has the judgement look at what the logs say.
 * What a single step does is play-step.ts's; which schedules to play is the search's.
 */
import { analyze } from "../analysis/analyze.ts";
import { DEFAULT_JUDGEMENT_SETTINGS } from "../analysis/judgement-settings.ts";
import type { LinkLogRecord } from "../domain/link-log.ts";
import type { PeerLogRecord } from "../domain/peer-log.ts";
import type { RunResult } from "../domain/run-result.ts";
import { startPeer, type Peer } from "../peer/peer.ts";
import type { Clock } from "../ports/clock.ts";
import { disturbed } from "./disturbed.ts";
import { EvidenceBook } from "./evidence-book.ts";
import { playStep, type PlayedStep, type Scene } from "./play-step.ts";
import type { ScheduleAdmission, ScheduleStep, ScheduleTimes } from "./schedule.ts";
import { openSockets } from "./settled.ts";
import type { Stage } from "./stage.ts";
import { stateKey } from "./state-key.ts";

export interface Played {
  readonly steps: readonly PlayedStep[];
  readonly result: RunResult;
  /** An invocation failed because another environment held the peer. */
  readonly harmed: boolean;
  /** The world at the end, without names and times: schedules that end in the same one go on alike. */
  readonly stateKey: string;
}

export interface PlayOptions {
  readonly label: string;
  readonly admission: ScheduleAdmission;
  readonly times: ScheduleTimes;
  readonly payload: Buffer;
  readonly clock: Clock;
  readonly toolVersion: string;
}

/** A machine that is too busy for one play may be for the next one, too. */
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
  const { clock, label, admission, toolVersion } = options;
  let scene: Scene | null = null;
  const peerLog: PeerLogRecord[] = [];
  const early: Parameters<EvidenceBook["peerReady"]>[0][] = [];
  const peer: Peer = await startPeer({
    host: "127.0.0.1",
    port: 0,
    admission,
    idleTimeoutMs: null,
    replyLatencyMs: 0,
    clock,
    log: (record) => {
      if ("host" in record) return void early.push(record);
      peerLog.push(record);
      scene?.peerSaid(record);
    },
  });
  const snapshot = stage.makeSnapshot(peer);
  const { functionName, functionArn, logging, runtime } = snapshot;
  const linkFrom = stage.fleet.linkRecords(Number.MAX_SAFE_INTEGER).next;
  const linkLog = (): readonly LinkLogRecord[] =>
    stage.fleet.linkRecords(linkFrom).records.filter((record) => record.functionName === functionName);
  try {
    stage.fleet.put(snapshot);
    stage.fleet.setReservedConcurrency(functionName, 1);
    const book = new EvidenceBook(clock, {
      label,
      functionName,
      functionArn,
      logGroup: logging.logGroup,
      timeoutMs: snapshot.timeoutMs,
      runtime,
      admission,
      isolation: stage.fleet.isolation,
      toolVersion,
    });
    for (const ready of early) book.peerReady(ready);
    scene = {
      fleet: stage.fleet,
      peer,
      book,
      payload: options.payload,
      times: options.times,
      snapshot,
      peerSaid: () => {},
      waits: () => {},
      slow: false,
      streams: () => stage.streams(functionName),
      sockets: () => openSockets(linkLog(), peerLog),
    };
    const played: PlayedStep[] = [];
    for (const step of steps) {
      scene.waits = await stage.turns.take();
      try {
        played.push(await playStep(scene, step));
      } finally {
        scene.waits();
      }
    }
    const links = linkLog();
    const records = stage.records(functionName);
    const evidence = book.evidence({ records, linkLog: links, peerLog });
    const result = analyze(evidence, { ...DEFAULT_JUDGEMENT_SETTINGS, settleMs: 0, toolVersion });
    const key = stateKey({
      environments: stage.fleet.environments(functionName),
      generation: scene.snapshot.generation,
      linkLog: links,
      peerLog,
      slowNext: scene.slow,
      cutOff: cutOff(played),
    });
    const harmed = (result.functions[0]?.harm.total ?? 0) > 0;
    return {
      played: { steps: played, result, harmed, stateKey: key },
      undisturbed: !disturbed(played, records, peerLog),
    };
  } finally {
    // The peer first: what it still holds of silent environments is not waited for.
    await peer.close();
    await stage.fleet.remove(functionName);
    stage.forget(functionName);
  }
}

function cutOff(played: readonly PlayedStep[]): boolean {
  const last = played.findLast(({ asked }) => asked);
  return last !== undefined && (last.step.step === "invoke-and-end" || last.outcome?.outcome !== "succeeded");
}
