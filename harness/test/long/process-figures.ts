/** Memory and open files of a process over its life, as Linux shows them, and whether they grew. */
import { readdirSync, readFileSync } from "node:fs";

interface Sample {
  readonly residentMiB: number;
  readonly files: number;
}

/** Growth up to this factor is normal, because the fill level of Node's heap varies. */
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
      this.#samples.push({ residentMiB: kilobytes / 1_024, files });
    } catch {
      return; // the process has ended
    }
  }

  /** Returns a sentence with the medians of the second tenth and of the last tenth of the samples. */
  describe(): string {
    const { early, late } = this.#tenths();
    return `${this.name}: ${early.residentMiB.toFixed(0)} → ${late.residentMiB.toFixed(0)} MiB, ${early.files} → ${late.files} open files (${this.#samples.length} samples)`;
  }

  problems(): readonly string[] {
    const { early, late } = this.#tenths();
    const most = Math.max(early.residentMiB * MEMORY_GROWTH, early.residentMiB + MEMORY_GROWTH_MIB);
    return [
      ...(late.residentMiB > most ? [`the memory grew. ${this.describe()}`] : []),
      ...(late.files > early.files ? [`the number of open files grew. ${this.describe()}`] : []),
    ];
  }

  #tenths(): { readonly early: Sample; readonly late: Sample } {
    const tenth = Math.max(1, Math.floor(this.#samples.length / 10));
    return {
      early: medians(this.#samples.slice(tenth, 2 * tenth)),
      late: medians(this.#samples.slice(-tenth)),
    };
  }
}

function medians(samples: readonly Sample[]): Sample {
  const median = (of: (sample: Sample) => number): number =>
    samples.map(of).sort((one, other) => one - other)[Math.floor(samples.length / 2)] ?? 0;
  return { residentMiB: median(({ residentMiB }) => residentMiB), files: median(({ files }) => files) };
}
