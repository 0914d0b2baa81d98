/**
 * The library, for lifecycle tests of your own function in your own test suite. `import { startEngine, startPeer } from "lambda-longrun"`.
 * Everything that is exported here is documented where it is declared. Nothing else in the package is public.
 */
export { startEngine } from "./start-engine.ts";
export { startPeer } from "./start-peer.ts";
export { judgeRun } from "../judge/judge-run.ts";
export { design, DESIGNS } from "./design.ts";
export { LifecycleExpectationError } from "./expectation.ts";
export { swimLane } from "../report/text/swim-lane.ts";
export { LongrunError } from "../domain/errors.ts";

export type { Engine, EngineOptions, FunctionOptions, OwnPeer } from "./engine-face.ts";
export type {
  Environment,
  FunctionChange,
  FunctionUnderTest,
  Invocation,
  InvokeOptions,
  RetireOptions,
} from "./function-face.ts";
export type { PeerUnderTest, PeerSettings } from "./peer-face.ts";
export type { Overrides } from "../domain/judgement-settings.ts";
export type { Lever } from "../domain/lever.ts";
export type { LinkPlace } from "../domain/link-place.ts";
export type { Ending, Placement, Selector } from "../domain/plan.ts";
export type { InvocationOutcome } from "../domain/invocation.ts";
export type { Evidence, FunctionEvidence } from "../domain/evidence.ts";
export type { LogRecord } from "../domain/log-record.ts";
export type { LinkLogRecord } from "../domain/link-log.ts";
export type { PeerLogRecord, PeerReadyRecord } from "../domain/peer-log.ts";
export type { EnvironmentResult, InvocationResult } from "../domain/environment-result.ts";
export type { Finding } from "../domain/finding-result.ts";
export type { FunctionResult } from "../domain/function-result.ts";
export type { RunResult } from "../domain/run-result.ts";
export type { Verdict } from "../domain/verdict.ts";
