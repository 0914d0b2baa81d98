/** What all environments of a fleet share; made once by the fleet. */
import type { EndedEnvironment } from "../../domain/ended-environment.ts";
import type { KeptRecords } from "../kept-records.ts";
import type { LinkRecorder } from "../link/link-recorder.ts";
import type { ResolvedFleetOptions } from "../scheduling/fleet-options.ts";
import type { SharedFolders } from "../process/isolation-folder.ts";
import type { Isolation } from "../process/isolation.ts";
import type { MemoryWatch } from "../process/memory-watch.ts";
import type { RunningList } from "../process/running-list.ts";
import type { RuntimeClients } from "../process/runtime-client.ts";

export interface EnvironmentServices {
  readonly options: ResolvedFleetOptions;
  readonly isolation: Isolation;
  readonly shared: SharedFolders;
  readonly clients: RuntimeClients;
  readonly running: RunningList;
  readonly memory: MemoryWatch;
  readonly links: LinkRecorder;
  readonly ends: KeptRecords<EndedEnvironment>;
}
