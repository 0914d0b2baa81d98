/**
 * The command line in an ECS task. The disk of a task is deleted with the task, so the run directory is copied to a bucket: every ten
 * minutes, when a stop signal comes, and after the run. ECS gives a stopped task two minutes at most, so a run that does not end within one
 * minute after the stop signal is aborted.
 */
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { BucketCopy, parseBucketUrl } from "../adapters/aws/bucket-copy.ts";
import { wrongInput } from "../base/errors.ts";
import { EXIT, type ExitCode } from "../words/exit-codes.ts";
import { LOCAL_REGION } from "../words/local-region.ts";
import { KeepWhileRunning, keptUnder } from "./keep-while-running.ts";
import { main } from "./main.ts";
import type { Machine, StopSignal } from "./machine.ts";
import { presentError } from "./present-error.ts";

const DRAIN_WITHIN_MS = 60_000;
const KEEP_EVERY_MS = 600_000;
/** This file is written to the bucket before a soak, so that a missing permission shows at once. */
const PROBE = "probe.txt";

type Command = (machine: Machine) => Promise<ExitCode>;

export async function runnerMain(
  machine: Machine,
  {
    command = main,
    keepEveryMs = KEEP_EVERY_MS,
  }: { readonly command?: Command; readonly keepEveryMs?: number } = {},
): Promise<ExitCode> {
  makeTemporaryFolder(machine);
  const results = machine.environment["LONGRUN_RESULTS"];
  if (results === undefined || results === "" || machine.arguments[0] !== "soak") return command(machine);
  const place = parseBucketUrl(results);
  const out = outFolder(machine);
  if (place === null || out === null) {
    const why =
      place === null
        ? `LONGRUN_RESULTS=${results}: expected s3://BUCKET/PREFIX/`
        : "LONGRUN_RESULTS: expected --out FOLDER too, because only that folder is kept";
    return presentError(machine, wrongInput(`${why}.`));
  }
  const copy = new BucketCopy({
    ...place,
    region: machine.environment["AWS_REGION"] ?? LOCAL_REGION,
    endpoint: machine.environment["AWS_ENDPOINT_URL_S3"] ?? null,
  });
  const folder = resolve(machine.workingFolder, out);
  try {
    await copy.probe(PROBE);
  } catch (error) {
    return presentError(machine, error);
  }
  const keeping = new KeepWhileRunning(machine, { copy, folder, everyMs: keepEveryMs });
  const stopSignals = machine.onSignal(() => void keeping.now());
  const drainLimit = new DrainLimit(machine);
  const code = await command(drainLimit.machine).finally(() => {
    drainLimit.end();
    keeping.end();
    stopSignals();
  });
  try {
    const under = keptUnder(folder);
    if (under === null) return code;
    await copy.keep(folder, under, { growing: false });
    machine.stderr.write(`The run is kept in s3://${place.bucket}/${place.prefix}${under}\n`);
    return code;
  } catch (error) {
    const failed = presentError(machine, error);
    return code === EXIT.pass ? failed : code;
  }
}

/** TMPDIR of the image lies in the volume of the task, which is empty at first. */
function makeTemporaryFolder({ environment }: Machine): void {
  try {
    if (environment["TMPDIR"] !== undefined) mkdirSync(environment["TMPDIR"]);
  } catch {
    // It exists already, or a command that needs it says what is wrong with it.
  }
}

function outFolder({ arguments: given }: Machine): string | null {
  const at = given.indexOf("--out");
  return at === -1
    ? (given.find((text) => text.startsWith("--out="))?.slice("--out=".length) ?? null)
    : (given[at + 1] ?? null);
}

/** Passes a signal on. If the run takes too long to end, passes it on again, which aborts the run. */
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
