/**
 * The command line in an ECS task. The task's disk is deleted with the task, so the run directory is copied to a bucket, however the run
 * ended. ECS gives a stopped task two minutes at most. A run that does not end within one minute is therefore aborted, so that time is left
 * for the copy.
 */
import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { keepInBucket, parseBucketUrl } from "../adapters/aws/keep-in-bucket.ts";
import { readManifest } from "../adapters/run-directory/scan-run.ts";
import { runFolder } from "../adapters/run-directory/run-folder.ts";
import { LongrunError } from "../domain/errors.ts";
import { EXIT, type ExitCode } from "../domain/exit-codes.ts";
import { main } from "./main.ts";
import type { Machine, StopSignal } from "./machine.ts";
import { presentError } from "./present-error.ts";

const DRAIN_WITHIN_MS = 60_000;

export async function runnerMain(machine: Machine): Promise<ExitCode> {
  const results = machine.environment["LONGRUN_RESULTS"];
  if (results === undefined || results === "" || machine.arguments[0] !== "soak") return main(machine);
  const place = parseBucketUrl(results);
  const folder = outFolder(machine);
  if (place === null || folder === null) {
    const why =
      place === null
        ? `LONGRUN_RESULTS=${results}: expected s3://BUCKET/PREFIX/`
        : "LONGRUN_RESULTS: expected --out FOLDER with it, to know what to keep";
    return presentError(machine, new LongrunError("usage", `${why}.`));
  }
  const drainLimit = new DrainLimit(machine);
  const code = await main(drainLimit.machine).finally(() => drainLimit.end());
  const path = resolve(machine.workingFolder, folder);
  if (!existsSync(runFolder(path).manifest)) return code;
  try {
    const prefix = `${place.prefix}${nameOf(path)}/`;
    const files = await keepInBucket({
      ...place,
      prefix,
      folder: path,
      region: machine.environment["AWS_REGION"] ?? "us-east-1",
      endpoint: machine.environment["AWS_ENDPOINT_URL_S3"] ?? null,
    });
    machine.stderr.write(`${files} files kept in s3://${place.bucket}/${prefix}\n`);
    return code;
  } catch (error) {
    const failed = presentError(machine, error);
    return code === EXIT.pass ? failed : code;
  }
}

function outFolder({ arguments: given }: Machine): string | null {
  const at = given.indexOf("--out");
  return at === -1
    ? (given.find((text) => text.startsWith("--out="))?.slice("--out=".length) ?? null)
    : (given[at + 1] ?? null);
}

/** Names the folder after the time at which the run began, so that each task writes into a folder of its own. */
function nameOf(folder: string): string {
  const { createdAt } = readManifest(folder, runFolder(folder).manifest);
  return `${createdAt.replace(/[-:]|\.\d+/g, "")}-${basename(folder)}`;
}

/** Passes signals on. If the run takes too long to end, it repeats the first signal, which aborts the run. */
class DrainLimit {
  readonly machine: Machine;
  #timer: NodeJS.Timeout | null = null;

  constructor(machine: Machine) {
    this.machine = {
      ...machine,
      stdout: machine.stdout,
      stderr: machine.stderr,
      onSignal: (listener) =>
        machine.onSignal((signal: StopSignal) => {
          listener(signal);
          this.#timer ??= setTimeout(() => listener(signal), DRAIN_WITHIN_MS);
        }),
    };
  }

  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}
