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
export { LongrunError } from "../base/errors.ts";

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
export type { Overrides } from "../record/judgement-settings.ts";
export type { Lever } from "../words/lever.ts";
export type { LinkPlace } from "../words/link-place.ts";
export type { Ending, Placement, Selector } from "../record/plan.ts";
export type { InvocationOutcome } from "../record/invocation.ts";
export type { Evidence, FunctionEvidence } from "../record/evidence.ts";
export type { LogRecord } from "../record/log-record.ts";
export type { LinkLogRecord } from "../record/link-log.ts";
export type { PeerLogRecord, PeerReadyRecord } from "../record/peer-log.ts";
export type { EnvironmentResult, InvocationResult } from "../result/environment-result.ts";
export type { Finding } from "../result/finding-result.ts";
export type { FunctionResult } from "../result/function-result.ts";
export type { RunResult } from "../result/run-result.ts";
export type { Verdict } from "../words/verdict.ts";
