/** The local engine's control API, for facts that AWS does not show. */
import type { IsolationKind } from "../../words/isolation.ts";
import type { EndedEnvironment } from "../../record/ended-environment.ts";
import type { LinkLogRecord } from "../../record/link-log.ts";
import type { AppliedEntry, Plan } from "../../record/plan-file.ts";

export interface EntryPage<Entry> {
  readonly entries: readonly Entry[];
  /** The index at which the next page begins. */
  readonly next: number;
  /** When the engine started. If the value changes, another engine answers. Null for an engine of an older version. */
  readonly since: string | null;
}

export interface EngineControl {
  status(): Promise<{ readonly isolation: IsolationKind; readonly since: string | null }>;
  /** With `replaces`, a running plan of the same functions is stopped first. Throws "unavailable" if another plan is running. */
  loadPlan(request: {
    readonly plan: Plan;
    readonly functions: readonly string[];
    readonly startAt: string;
    readonly replaces?: boolean;
  }): Promise<void>;
  /** Resolves when the current step of the plan is done. */
  stopPlan(): Promise<void>;
  /** The log streams of a function's living environments. */
  environments(functionName: string): Promise<readonly string[]>;
  applied(from: number): Promise<EntryPage<AppliedEntry>>;
  links(from: number): Promise<EntryPage<LinkLogRecord>>;
  ends(from: number): Promise<EntryPage<EndedEnvironment>>;
}
