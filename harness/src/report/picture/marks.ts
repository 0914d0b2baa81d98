/**
 * The marks in the picture of one function. A lane is the row of one environment. All instants are milliseconds since the start of the run.
 */
import type { ResetKind } from "../../words/platform-words.ts";
import type {
  ConnectionResult,
  EnvironmentResult,
  InvocationResult,
} from "../../result/environment-result.ts";
import type { Finding } from "../../result/finding-result.ts";
import type { EnvironmentName } from "../view/environment-names.ts";

interface MarkSpan {
  readonly from: number;
  readonly to: number;
}

export interface InitMark extends MarkSpan {
  readonly kind: "init";
  readonly lane: number;
  /** False if the evidence shows no end. Then `to` is the start. */
  readonly endKnown: boolean;
  readonly environment: EnvironmentResult;
}
export interface InvokeMark extends MarkSpan {
  readonly kind: "invoke";
  /** Null if no log stream shows the invocation. */
  readonly lane: number | null;
  readonly endKnown: boolean;
  /** How long the caller waited. Without a driver, how long the invocation took. */
  readonly tookMs: number | null;
  /** A harmed invocation is shown as failed, whatever its outcome. */
  readonly shown: "succeeded" | "failed" | "unknown";
  readonly invocation: InvocationResult;
}
export interface HoldMark extends MarkSpan {
  readonly kind: "hold";
  readonly lane: number;
  readonly endKnown: boolean;
  readonly connection: ConnectionResult;
}
/** An attempt to connect that the peer did not serve, or whose outcome is unknown. */
export interface AttemptMark extends MarkSpan {
  readonly kind: "attempt";
  readonly lane: number;
  readonly connection: ConnectionResult;
}
/** A time in which an environment may have held the peer, if nothing decides who held it. */
export interface SuspectMark extends MarkSpan {
  readonly kind: "suspect";
  readonly lane: number;
  readonly finding: Finding;
  /** The suspects of one time have a row each. */
  readonly row: number;
  readonly rows: number;
}
/** A process that ended while its environment continued to live. */
export interface ResetMark extends MarkSpan {
  readonly kind: "reset";
  readonly lane: number;
  readonly reason: ResetKind;
}
interface EndMark extends MarkSpan {
  readonly kind: "end";
  readonly lane: number;
  readonly ending: EnvironmentResult["ending"];
}
/** A frozen period between two other marks of a lane. */
interface FrozenMark extends MarkSpan {
  readonly kind: "frozen";
  readonly lane: number;
}
export interface WindowMark extends MarkSpan {
  readonly kind: "window";
  readonly lane: null;
  readonly index: number;
  readonly holder: number | null;
  readonly victims: readonly number[];
}
export interface ExposureMark extends MarkSpan {
  readonly kind: "exposure";
  readonly lane: null;
  readonly finding: Finding;
  readonly lanes: readonly number[];
}

type LaneMark = InitMark | InvokeMark | HoldMark | SuspectMark | AttemptMark | ResetMark | EndMark;
export type Mark = LaneMark | FrozenMark | WindowMark | ExposureMark;

export interface Lane extends MarkSpan {
  readonly index: number;
  readonly name: EnvironmentName;
  readonly environment: EnvironmentResult;
  readonly endKnown: boolean;
  /** True for INIT WITHOUT INVOKE: the handler was never called. */
  readonly silent: boolean;
  readonly init: InitMark | null;
  /** This list and the lists below are in ascending order of `from`. */
  readonly invokes: readonly InvokeMark[];
  readonly holds: readonly HoldMark[];
  readonly attempts: readonly AttemptMark[];
  readonly resets: readonly ResetMark[];
  readonly suspected: readonly SuspectMark[];
  readonly end: EndMark | null;
}

export interface Picture {
  readonly lanes: readonly Lane[];
  /** The served connections of all lanes, in ascending order of `from`. */
  readonly holds: readonly HoldMark[];
  /** The same connections in rows, one for each place of the peer. */
  readonly holdRows: readonly (readonly HoldMark[])[];
  /** All invocations in order, including those that no lane shows. */
  readonly invokes: readonly InvokeMark[];
  readonly windows: readonly WindowMark[];
  readonly exposures: readonly ExposureMark[];
}
