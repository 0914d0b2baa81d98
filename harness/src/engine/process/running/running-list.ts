/**
 * The list of an engine's running processes. It is kept on disk, as one file per process in the engine's own run folder. With this list,
 * the next engine on this data folder can end the processes that a killed engine left behind (docs/contracts.md#the-local-engine). The name
 * of a run folder identifies its engine by pid and start time; the folders of live engines are left alone.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pid } from "node:process";
import { groupSignal } from "../process-group.ts";
import { signalProcessesOfStreams } from "./process-search.ts";
import { processStart } from "./process-start.ts";

interface RunningProcess {
  readonly processId: number;
  readonly start: string | null;
  readonly logStream: string;
}

export class RunningList {
  readonly runFolder: string;
  private readonly listFolder: string;

  /** `serial` distinguishes the fleets, if one process has several. */
  constructor(dataFolder: string, serial: number) {
    this.runFolder = join(
      dataFolder,
      `engine-${pid}-${(processStart(pid) ?? "0").replaceAll(/[^0-9A-Za-z]/g, "_")}-${serial}`,
    );
    this.listFolder = join(this.runFolder, "running");
    mkdirSync(this.listFolder, { recursive: true });
  }

  add(processId: number, logStream: string): void {
    const entry: RunningProcess = { processId, start: processStart(processId), logStream };
    writeFileSync(join(this.listFolder, String(processId)), JSON.stringify(entry));
  }

  remove(processId: number): void {
    rmSync(join(this.listFolder, String(processId)), { force: true });
  }

  async close(): Promise<void> {
    await rm(this.runFolder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Ends the processes of dead engines and removes their run folders. Returns how many processes were ended. */
export async function sweepOrphans(dataFolder: string): Promise<number> {
  let ended = 0;
  for (const name of existsSync(dataFolder) ? readdirSync(dataFolder) : []) {
    const match = /^engine-(\d+)-(\w+)-\d+$/.exec(name);
    if (match === null) continue;
    const start = processStart(Number(match[1]))?.replaceAll(/[^0-9A-Za-z]/g, "_");
    if (start === match[2]) continue;
    const folder = join(dataFolder, name);
    ended += endProcesses(readEntries(join(folder, "running")));
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  return ended;
}

function readEntries(listFolder: string): RunningProcess[] {
  if (!existsSync(listFolder)) return [];
  return readdirSync(listFolder).flatMap((name) => {
    try {
      return [JSON.parse(readFileSync(join(listFolder, name), "utf8")) as RunningProcess];
    } catch {
      return []; // the engine died while it wrote this file; with setpriv, the kernel has then ended the process (--pdeathsig)
    }
  });
}

function endProcesses(entries: readonly RunningProcess[]): number {
  let ended = 0;
  for (const entry of entries) {
    if (entry.start === null || processStart(entry.processId) !== entry.start) continue;
    if (groupSignal(entry.processId, "SIGKILL")) ended += 1;
  }
  // Children that outlived their leader, or left its group, still have the log stream's name in their variables (Linux).
  return ended + signalProcessesOfStreams(new Set(entries.map((entry) => entry.logStream)), "SIGKILL");
}
