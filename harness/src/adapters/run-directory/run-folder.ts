/** The paths of the files in a run directory (docs/run-format.md). */
import { join } from "node:path";

interface RunFolder {
  readonly manifest: string;
  readonly journal: string;
  readonly plan: string;
  readonly logsFolder: string;
  readonly applied: string;
  readonly metrics: string;
  readonly result: string;
  readonly html: string;
  readonly markdown: string;
  readonly junit: string;
  /** Reserved space that is freed when the disk is full, so that the run can still be ended properly. */
  readonly reserve: string;
  /** Contains the id of the process that writes. */
  readonly owner: string;
  logs(label: string): string;
  peer(label: string): string;
  links(label: string): string;
}

export function runFolder(folder: string): RunFolder {
  const logsFolder = join(folder, "logs");
  return {
    manifest: join(folder, "manifest.json"),
    journal: join(folder, "journal.jsonl"),
    plan: join(folder, "plan.json"),
    logsFolder,
    applied: join(logsFolder, "applied.jsonl"),
    // The file is not in `logs/`, because a function's file there could have the same name.
    metrics: join(folder, "metrics.jsonl"),
    result: join(folder, "result.json"),
    html: join(folder, "report.html"),
    markdown: join(folder, "summary.md"),
    junit: join(folder, "junit.xml"),
    reserve: join(folder, ".reserve"),
    owner: join(folder, ".owner"),
    logs: (label) => join(logsFolder, `${label}.jsonl`),
    peer: (label) => join(logsFolder, `peer-${label}.jsonl`),
    links: (label) => join(logsFolder, `link-${label}.jsonl`),
  };
}
