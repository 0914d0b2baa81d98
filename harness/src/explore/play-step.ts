/** Carries out one step of a schedule on real processes and returns what happened. */
import { randomUUID } from "node:crypto";
import type { ScheduleVersion } from "../words/lever.ts";
import type { InvocationOutcome } from "../record/invocation.ts";
import type { PeerLogRecord } from "../record/peer-log.ts";
import type { Ending } from "../record/plan.ts";
import type { Fleet, InvokeResult } from "../engine/fleet-contract.ts";
import type { FunctionSnapshot } from "../engine/function-snapshot.ts";
import type { Peer } from "../peer/peer.ts";
import type { EvidenceRecorder } from "./evidence-recorder.ts";
import { outcomeOfAnswer } from "./outcome-of-answer.ts";
import type { ScheduleStep, ScheduleTimes, Target } from "./schedule.ts";
import { type Sockets, waitUntilSettled } from "./wait-until-settled.ts";

export interface PlayedStep {
  readonly step: ScheduleStep;
  /** Numbers of the environments that the step acted on or created. */
  readonly environments: readonly number[];
  /** Null if the step is not an invocation. */
  readonly outcome: InvocationOutcome | null;
  /** True if the peer read a request during the step. */
  readonly asked: boolean;
  /** False if there was nothing to act on (no connection to drop, no process to kill). */
  readonly acted: boolean;
}

export interface Scene {
  readonly fleet: Fleet;
  /** Whether the schedule consists of steps that the Lambda API can make happen. Then the evidence is as after a run with these levers. */
  readonly byLevers: boolean;
  /** True if the peer's next reply will be slow. */
  slow: boolean;
  readonly peer: Pick<Peer, "dropHolder" | "delayNextReply" | "expireIdle">;
  readonly recorder: EvidenceRecorder;
  readonly payload: Buffer;
  readonly times: ScheduleTimes;
  /** The number of the version that `provision` publishes: the one after those that the schedule invokes. */
  readonly toProvision: string;
  snapshot: FunctionSnapshot;
  /** Called when the peer has read a request whose reply is withheld or slow. From then on the step only waits. */
  waits: () => void;
  /** Set while an invocation runs: receives each record of the peer's log as it is written. */
  peerSaid: (record: PeerLogRecord) => void;
  streams(): readonly string[];
  sockets(): Sockets;
}

/** The delay of a withheld reply, which is longer than any schedule lasts. */
const NEVER_MS = 600_000;

export async function playStep(scene: Scene, step: ScheduleStep): Promise<PlayedStep> {
  const played = await carryOut(scene, step);
  await waitUntilSettled(() => {
    const { link, peer } = scene.sockets();
    return link === peer;
  });
  return played;
}

async function carryOut(scene: Scene, step: ScheduleStep): Promise<PlayedStep> {
  const { fleet, peer, recorder, snapshot } = scene;
  const { functionName } = snapshot;
  const done = (environments: readonly string[], acted = environments.length > 0): PlayedStep => ({
    step,
    environments: environments.map((id) => numberOf(scene, id)),
    outcome: null,
    asked: false,
    acted,
  });
  switch (step.step) {
    case "initialise-ahead": {
      const ended = recorder.platformActs({ action: "initialise-ahead" });
      const { environment } = await fleet.initialiseAhead(functionName);
      ended([environment]);
      return done([environment]);
    }
    case "invoke":
      return invoke(scene, step, {
        environment: step.environment,
        onRequest: scene.slow ? scene.waits : null,
      });
    case "invoke-and-end":
      return invokeAndEnd(scene, step, step.environment, step.ending);
    case "time-out": {
      peer.delayNextReply(NEVER_MS);
      const played = await invoke(scene, step, { environment: step.environment, onRequest: scene.waits });
      stopWithholdingReplies(scene);
      return played;
    }
    case "retire":
      return done(await retire(scene, nameOf(scene, step.environment), step.ending));
    case "crash": {
      const ended = recorder.platformActs({ action: "crash", selector: "oldest-idle" });
      const crashed = await fleet.crash(functionName, { environment: nameOf(scene, step.environment) });
      ended(crashed);
      return done(crashed);
    }
    case "update": {
      const ended = scene.byLevers ? null : recorder.platformActs({ action: "update" });
      if (ended === null) recorder.describes();
      scene.snapshot = { ...snapshot, generation: snapshot.generation + 1 };
      fleet.put(scene.snapshot);
      ended?.([]);
      return done([], true);
    }
    case "freeze-long":
      return done([], peer.expireIdle());
    case "peer-drops":
      return done([], peer.dropHolder());
    case "peer-slow":
      scene.slow = true;
      stopWithholdingReplies(scene);
      return done([], true);
    case "invoke-version":
      return invoke(scene, step, {
        version: step.version,
        environment: null,
        onRequest: scene.slow ? scene.waits : null,
      });
    case "provision":
      return done([await provision(scene)]);
  }
}

/** As provisioned concurrency of one environment does it on the engine, beside a place for `$LATEST`. */
async function provision({ fleet, recorder, snapshot, toProvision: version }: Scene): Promise<string> {
  const { functionName } = snapshot;
  fleet.put({ ...snapshot, version, generation: 1 });
  recorder.versionPublished("provisioned", version);
  fleet.setReservedConcurrency(functionName, 2);
  const { environment } = await fleet.initialiseAhead(functionName, {
    version,
    provisioned: true,
  });
  fleet.setProvisionedConcurrency(functionName, version, 1);
  return environment;
}

/** Makes the peer reply again. The next reply is slow if no request has come since an earlier `peer-slow`. */
function stopWithholdingReplies({ peer, slow, times }: Scene): void {
  peer.delayNextReply(slow ? times.functionTimeoutMs * 2 : 0);
}

async function retire(scene: Scene, environment: string, ending: Ending): Promise<readonly string[]> {
  const ended = scene.recorder.platformActs({ action: "retire", selector: "oldest-idle", ending });
  const retired = await scene.fleet.retire(scene.snapshot.functionName, { environment }, ending);
  ended(retired);
  return retired;
}

/** Ends the environment when the peer has read the request. Without a request, the environment ends after the invocation. */
async function invokeAndEnd(
  scene: Scene,
  step: ScheduleStep,
  target: Target,
  ending: Ending,
): Promise<PlayedStep> {
  const { fleet, peer, snapshot } = scene;
  peer.delayNextReply(NEVER_MS);
  let ended: Promise<readonly string[]> | null = null;
  const played = await invoke(scene, step, {
    environment: target,
    onRequest: () => {
      const running = fleet.environments(snapshot.functionName).find(({ state }) => state === "invoking");
      if (running !== undefined) ended ??= retire(scene, running.environment, ending);
    },
  });
  stopWithholdingReplies(scene);
  const [number] = played.environments;
  if (ended === null && number !== undefined) ended = retire(scene, nameOf(scene, number), ending);
  await ended;
  return played;
}

async function invoke(
  scene: Scene,
  step: ScheduleStep,
  how: {
    readonly version?: ScheduleVersion;
    /** Null: the platform chooses. */
    readonly environment: Target | null;
    readonly onRequest: (() => void) | null;
  },
): Promise<PlayedStep> {
  const { fleet, recorder, snapshot, payload } = scene;
  const { functionName, functionArn } = snapshot;
  const { environment: wanted } = how;
  const version = String(how.version ?? "$LATEST");
  const fresh = scene.streams().length + 1;
  fleet.placeNext(
    functionName,
    typeof wanted === "number"
      ? { environment: nameOf(scene, wanted) }
      : { placement: wanted === "new" ? "new" : "oldest" },
  );
  let asked = false;
  scene.peerSaid = (record) => {
    if (record.event !== "request") return;
    asked = true;
    scene.slow = false;
    how.onRequest?.();
  };
  const requestId = randomUUID();
  const ended = recorder.invocationSent();
  let result: InvokeResult;
  try {
    result = await fleet.invoke(functionName, version, {
      requestId,
      payload,
      invokedFunctionArn: how.version === undefined ? functionArn : `${functionArn}:${version}`,
      traceId: `Root=1-00000000-${"0".repeat(24)}`,
      clientContext: null,
      // Otherwise the next step could find the environment still at work, and the invocation of that step would be throttled.
      waitForPhaseEnd: true,
    });
  } finally {
    scene.peerSaid = () => {};
  }
  const outcome = outcomeOfAnswer(result);
  ended({ requestId, outcome, executedVersion: result.kind === "answered" ? result.executedVersion : null });
  const placed = result.kind === "answered" ? [numberOf(scene, result.environment)] : [];
  const environments = wanted === null ? placed : [wanted === "new" ? fresh : wanted];
  return { step, environments, outcome, asked, acted: true };
}

function nameOf(scene: Scene, number: number): string {
  return scene.streams()[number - 1] ?? "";
}

function numberOf(scene: Scene, name: string): number {
  return scene.streams().indexOf(name) + 1;
}
