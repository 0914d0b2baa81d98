/** What the parts of a verification share. */
import type { Machine } from "../../../harness/src/cli/machine.ts";
import type { Settings } from "../settings.ts";
import type { ApplyRole } from "./apply-role.ts";
import type { ProbeResult } from "./probe.ts";
import type { AnswerRecorder } from "./recording/answer-recorder.ts";
import type { RowId } from "./rows.ts";
import type { DeploymentFacts } from "./verify-settings.ts";

export type Results = ReadonlyMap<RowId, ProbeResult>;

export interface Course {
  readonly user: Settings;
  readonly facts: DeploymentFacts;
  readonly machine: Machine;
  /** The role with the documented policies, under which everything is deployed. Null if the user's own rights are used. */
  readonly role: ApplyRole | null;
  readonly tell: (id: RowId, seen: ProbeResult) => void;
  readonly recorder: AnswerRecorder;
  /** Aborts when the user interrupts the verification. */
  readonly signal: AbortSignal;
}
