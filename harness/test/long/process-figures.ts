/** Memory and open files of a process over its life, as Linux shows them, and whether they grew. */
import { readdirSync, readFileSync } from "node:fs";
import { showsLeak, usualFiles, type FilesSample, type UsualFiles } from "./open-files.ts";

interface Sample extends FilesSample {
  readonly residentMiB: number;
}

/** Growth up to this factor, or by this many MiB if that is more, is normal, because the fill level of Node's heap varies. */
const MEMORY_GROWTH = 1.1;
const MEMORY_GROWTH_MIB = 16;

export class ProcessFigures {
  readonly name: string;
  readonly #id: number;
  readonly #samples: Sample[] = [];

  constructor(name: string, id: number) {
    this.name = name;
    this.#id = id;
  }

  sample(): void {
    try {
      const status = readFileSync(`/proc/${this.#id}/status`, "utf8");
      const kilobytes = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN);
      if (Number.isNaN(kilobytes)) return; // the process has ended
      const files = readdirSync(`/proc/${this.#id}/fd`).length;
      this.#samples.push({ residentMiB: kilobytes / 1_024, files, children: childrenOf(this.#id) });
    } catch {
      return; // the process has ended
    }
  }

  /** Returns a sentence with the medians of the memory, and with the usual numbers of open files, early and late. */
  describe(): string {
    const { early, late } = this.#residentMiB();
    const files = usualFiles(this.#samples).map(inWords).join(", ");
    return `${this.name}: ${early.toFixed(0)} → ${late.toFixed(0)} MiB, ${files} (${this.#samples.length} samples)`;
  }

  problems(): readonly string[] {
    const { early, late } = this.#residentMiB();
    const most = Math.max(early * MEMORY_GROWTH, early + MEMORY_GROWTH_MIB);
    const files = usualFiles(this.#samples);
    return [
      ...(late > most ? [`the memory grew. ${this.describe()}`] : []),
      ...(files.some(showsLeak) ? [`the number of open files grew. ${this.describe()}`] : []),
      ...(files.length === 0 ? [`the open files cannot be compared. ${this.describe()}`] : []),
    ];
  }

  /** Returns the medians of the second tenth and of the last tenth of the samples. */
  #residentMiB(): { readonly early: number; readonly late: number } {
    const tenth = Math.max(1, Math.floor(this.#samples.length / 10));
    return {
      early: medianMiB(this.#samples.slice(tenth, 2 * tenth)),
      late: medianMiB(this.#samples.slice(-tenth)),
    };
  }
}

function inWords({ children, early, late }: UsualFiles): string {
  return `${early.least} to ${early.most} → ${late.least} to ${late.most} open files with ${children} child processes`;
}

/** Counts the child processes, whichever thread of the process started them. */
function childrenOf(id: number): number {
  const threads = readdirSync(`/proc/${id}/task`);
  const children = threads.map((thread) => readFileSync(`/proc/${id}/task/${thread}/children`, "latin1"));
  return children.join(" ").split(" ").filter(Boolean).length;
}

function medianMiB(samples: readonly Sample[]): number {
  const sorted = samples.map(({ residentMiB }) => residentMiB).sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
