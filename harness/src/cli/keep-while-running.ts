/**
 * Copies a run directory into an S3 bucket at intervals and on request, while the soak writes the directory. If the ECS task in which the
 * soak runs (runner-main.ts) ends without warning, no more than one interval is lost, and of large files that grow no more than an hour. A failed copy is tried again at the next interval.
 */
import { basename } from "node:path";
import type { BucketCopy } from "../adapters/aws/bucket-copy.ts";
import { hasRunFile } from "../adapters/run-directory/run-files.ts";
import { runFolder } from "../adapters/run-directory/run-folder.ts";
import { readManifest } from "../adapters/run-directory/scan-run.ts";
import type { Machine } from "./machine.ts";

export class KeepWhileRunning {
  readonly #machine: Pick<Machine, "stderr">;
  readonly #copy: BucketCopy;
  readonly #folder: string;
  readonly #timer: NodeJS.Timeout;

  constructor(
    machine: Pick<Machine, "stderr">,
    {
      copy,
      folder,
      everyMs,
    }: { readonly copy: BucketCopy; readonly folder: string; readonly everyMs: number },
  ) {
    this.#machine = machine;
    this.#copy = copy;
    this.#folder = folder;
    this.#timer = setInterval(() => void this.#copyAll({ rarely: true }), everyMs);
  }

  /** Copies everything, because the task may end soon. */
  now(): Promise<void> {
    return this.#copyAll({ rarely: false });
  }

  async #copyAll({ rarely }: { readonly rarely: boolean }): Promise<void> {
    try {
      const under = keptUnder(this.#folder);
      if (under === null) return;
      await this.#copy.keep(this.#folder, under, { growing: true, rarely });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#machine.stderr.write(`The run so far could not be copied; the next copy is made later: ${why}\n`);
    }
  }

  end(): void {
    clearInterval(this.#timer);
  }
}

/** The prefix of a run's objects in the bucket, with the time at which the run began. Null before that time. */
export function keptUnder(folder: string): string | null {
  const { manifest } = runFolder(folder);
  if (!hasRunFile(folder, manifest)) return null;
  const { createdAt } = readManifest(folder, manifest);
  return `${createdAt.replace(/[-:]|\.\d+/g, "")}-${basename(folder)}/`;
}
