/** What all environments of one engine share. The fleet (fleet-contract.ts) creates it once. */
import type { EndedEnvironment } from "../../record/ended-environment.ts";
import type { Clock } from "../../run/ports/clock.ts";
import type { KeptRecords } from "../kept-records.ts";
import type { LinkOptions } from "../link/link-options.ts";
import type { LinkRecorder } from "../link/link-recorder.ts";
import type { LogSink } from "../log-sink.ts";
import type { LogTurns } from "../environment-log/log-turns.ts";
import type { Interpreter } from "../../catalogue/runtimes/interpreter.ts";
import type { Launcher } from "../../catalogue/runtimes/launcher.ts";
import type { FunctionCredentials } from "../process/runtime-variables.ts";
import type { SharedFolders } from "../process/isolation/isolation-folder.ts";
import type { Isolation } from "../process/isolation/choose-isolation.ts";
import type { MemoryWatch } from "../process/memory/memory-watch.ts";
import type { ProcessTable } from "../process/running/process-table.ts";
import type { RunningList } from "../process/running/running-list.ts";
import type { RuntimeClients } from "../clients/runtime-clients.ts";
import type { ShutdownBudgets } from "./shutdown-budget.ts";

export interface EnvironmentOptions {
  readonly clock: Clock;
  readonly logs: LogSink;
  /** Receives notices for the operator. */
  readonly report: (notice: string) => void;
  /** The options of one link for each peer of a function. Empty if environments have no links. */
  readonly links: readonly LinkOptions[];
  /** Returns the interpreter for a runtime name; null if packages of the runtime contain their own program, or if none is installed. */
  readonly interpreterOf: (runtime: string) => Interpreter | null;
  /**
   * The user's command that starts the runtime client of families such as Ruby and .NET. If null, functions of these families are refused.
   */
  readonly launcher: Launcher | null;
  readonly credentials: FunctionCredentials;
  /**
   * If true, answers wait as `invoke` does, so that whoever asks the fleet directly (not over HTTP) after an answer finds the environment
   * idle.
   */
  readonly answerAtPhaseEnd: boolean;
  /** The longest time for which `invoke` and `settled` wait for the end of a phase after the answer was given (fleet-contract.ts). */
  readonly phaseEndWaitMs: number;
  /** How long `retire` waits for the peer to close. */
  readonly peerCloseTimeoutMs: number;
  /** The limit of an on-demand function's Init phase. */
  readonly initTimeoutMs: number;
  readonly shutdownBudgets: ShutdownBudgets;
  /** How many log bytes a function may write in one phase before lines are dropped. */
  readonly logBytesPerPhaseMax: number;
}

export interface EnvironmentServices {
  readonly options: EnvironmentOptions;
  readonly isolation: Isolation;
  readonly shared: SharedFolders;
  readonly clients: RuntimeClients;
  readonly running: RunningList;
  readonly processes: ProcessTable;
  readonly memory: MemoryWatch;
  readonly turns: LogTurns;
  readonly links: LinkRecorder;
  readonly ends: KeptRecords<EndedEnvironment>;
}
