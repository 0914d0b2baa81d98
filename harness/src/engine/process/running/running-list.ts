/**
 * The list of an engine's running processes. It is kept on disk, as one file per process in the engine's own run folder. With this list,
 * the next engine on this data folder can end the processes that a killed engine left behind (docs/contracts.md#the-local-engine). The name
 * of a run folder identifies its engine by pid and start time; the folders of live engines are left alone.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pid } from "node:process";
import { removeTree } from "../../remove-tree.ts";
import { groupSignal } from "../process-group.ts";
import { isAlive, ProcessTable, signalProcess } from "./process-table.ts";
import { processStart } from "./process-start.ts";

interface RunningProcess {
  readonly processId: number;
  readonly start: string | null;
  readonly logStream: string;
}

export class RunningList {
  readonly runFolder: string;
  readonly #listFolder: string;

  /** `serial` distinguishes the fleets, if one process has several. */
  constructor(dataFolder: string, serial: number) {
    this.runFolder = join(
      dataFolder,
      `engine-${pid}-${(processStart(pid) ?? "0").replaceAll(/[^0-9A-Za-z]/g, "_")}-${serial}`,
    );
    this.#listFolder = join(this.runFolder, "running");
    mkdirSync(this.#listFolder, { recursive: true });
  }

  /** On a full disk, or without descriptors, the process is not in the list. It still ends with its engine. */
  add(processId: number, logStream: string): void {
    unlessRefused(() => {
      const entry: RunningProcess = { processId, start: processStart(processId), logStream };
      writeFileSync(join(this.#listFolder, String(processId)), JSON.stringify(entry));
    });
  }

  remove(processId: number): void {
    unlessRefused(() => rmSync(join(this.#listFolder, String(processId)), { force: true }));
  }

  /** Returns what is left and why, as one line; null if nothing is. */
  async close(): Promise<string | null> {
    return await removeTree(this.runFolder);
  }
}

function unlessRefused(change: () => void): void {
  try {
    change();
  } catch {
    return; // the process has the name of its log stream in its variables all the same
  }
}

export interface Swept {
  /** How many processes were ended. */
  readonly ended: number;
  /** What could not be removed, one line for each folder. */
  readonly left: readonly string[];
}

/** Ends the processes of dead engines and removes their run folders. */
export async function sweepOrphans(dataFolder: string): Promise<Swept> {
  let ended = 0;
  const left: string[] = [];
  for (const name of existsSync(dataFolder) ? readdirSync(dataFolder) : []) {
    const match = /^engine-(\d+)-(\w+)-\d+$/.exec(name);
    if (match === null) continue;
    const start = processStart(Number(match[1]))?.replaceAll(/[^0-9A-Za-z]/g, "_");
    if (start === match[2]) continue;
    const folder = join(dataFolder, name);
    ended += endProcesses(readEntries(join(folder, "running")));
    const problem = await removeTree(folder);
    if (problem !== null) left.push(`the folder of a killed engine ${problem}`);
  }
  return { ended, left };
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
  const ended = new Set<number>();
  for (const { processId, start } of entries)
    if (start !== null && processStart(processId) === start && groupSignal(processId, "SIGKILL"))
      ended.add(processId);
  // Children that outlived their leader, or left its group, are known by their parents, sessions and variables (Linux).
  const table = new ProcessTable();
  const streams = [...new Set(entries.map(({ logStream }) => logStream))];
  for (const stream of streams) table.addEnvironment(stream);
  table.look();
  for (const one of streams.flatMap((stream) => table.of(stream))) {
    if (!isAlive(one) || ended.has(one.id)) continue;
    signalProcess(one, "SIGKILL");
    ended.add(one.id);
  }
  table.close();
  return ended.size;
}
