/**
 * `make verify`: deploys one small function under a name of its own, lets every probe see its row, destroys in any case, looks for what
 * stays, and writes a report. The exit code is 0 only if nothing differs and nothing stays.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Machine } from "../../../harness/src/cli/machine.ts";
import { LongrunError } from "../../../harness/src/domain/errors.ts";
import { EXIT, type ExitCode } from "../../../harness/src/domain/exit-codes.ts";
import { approve } from "../approve.ts";
import { stopServices } from "../local-services.ts";
import type { Settings } from "../settings.ts";
import type { Swept } from "../sweep.ts";
import { cleanUp } from "./clean-up.ts";
import { deployAndProbe } from "./deploy-and-probe.ts";
import { estimateUsd, INVOCATIONS } from "./estimate.ts";
import { givenKey } from "./given-key.ts";
import { confirmed, differs, notReached, type ProbeResult } from "./probe.ts";
import { packProbe } from "./pack-probe.ts";
import { AnswerRecorder } from "./recording/answer-recorder.ts";
import { RECORDING_FILE } from "./recording/recording.ts";
import type { RowId } from "./rows.ts";
import { reportMarkdown, verificationReport, type VerificationReport } from "./verification-report.ts";
import { findVerification, forgetVerification, noteVerification, refuseRunning } from "./verification.ts";
import { MEMORY_MB, RESERVED, verifySettings } from "./verify-settings.ts";

export async function verify(settings: Settings, machine: Machine): Promise<ExitCode> {
  const { LONGRUN_DATA: given = "", CLEAN: wanted = "" } = machine.environment;
  const folder = given === "" ? join(settings.root, ".longrun", `verify-${settings.target}`) : resolve(given);
  refuseRunning(folder);
  return wanted === "1" ? clean(settings, folder, machine) : begin(settings, folder, machine);
}

async function begin(settings: Settings, folder: string, machine: Machine): Promise<ExitCode> {
  const { target } = settings;
  if (findVerification(folder) !== null)
    throw new LongrunError(
      "unavailable",
      "An earlier verification was killed before it removed everything.",
      {
        hint: `make verify TARGET=${target} CLEAN=1 removes it.`,
      },
    );
  const kmsKeyArn = givenKey(settings);
  const place = { folder, packageFile: join(folder, "probe.zip"), kmsKeyArn };
  const name = `lrv-${randomBytes(4).toString("hex")}`;
  const deployment = verifySettings(settings, { target, name, region: settings.region }, place);
  const { region } = deployment;
  if (region === null) throw new LongrunError("usage", "REGION must be given.");
  machine.stderr.write(announcement({ target, region, name }));
  const question = `Deploy this on ${target}?`;
  await approve(settings, machine, { command: "make verify", question });
  const startedAt = new Date().toISOString();
  const out = resolve(
    settings.out ?? join(settings.root, "runs", `${startedAt.replace(/[:.]/g, "-")}-verify`),
  );
  const recorder = new AnswerRecorder({
    file: join(out, RECORDING_FILE),
    ...{ target, name, region, at: startedAt, reserved: RESERVED },
  });
  noteVerification(folder, { target, name, region });
  const interrupt = new AbortController();
  const off = machine.onSignal(() => {
    interrupt.abort();
    machine.stderr.write(
      `\nInterrupted. What was deployed is destroyed now. After kill -9: make verify TARGET=${target} CLEAN=1\n`,
    );
  });
  let results: ReadonlyMap<RowId, ProbeResult> = new Map();
  let swept: Swept;
  try {
    await packProbe(place.packageFile);
    results = await deployAndProbe(deployment, {
      machine,
      kmsKeyArn,
      recorder,
      signal: interrupt.signal,
    });
  } finally {
    swept = await cleanUp(deployment, machine);
    if (isClean(swept)) await forget(deployment);
    off();
  }
  const report = verificationReport(
    { target, region, startedAt, endedAt: new Date().toISOString(), atMostUsd: estimateUsd() },
    new Map([...results, ["sweep", sweepSeen(swept)]]),
    swept,
  );
  writeReport(out, report);
  machine.stdout.write(`${summary(report)}\n${out}\n`);
  if (interrupt.signal.aborted) return EXIT.interrupted;
  const good = isClean(swept) && report.rows.every(({ outcome }) => outcome !== "differs");
  return good ? EXIT.pass : EXIT.fail;
}

async function clean(settings: Settings, folder: string, machine: Machine): Promise<ExitCode> {
  const verification = findVerification(folder);
  if (verification === null) {
    machine.stderr.write(`There is nothing to remove: no verification of ${settings.target} was killed.\n`);
    return EXIT.pass;
  }
  const place = { folder, packageFile: join(folder, "probe.zip"), kmsKeyArn: null };
  await packProbe(place.packageFile);
  const deployment = verifySettings(settings, verification, place);
  noteVerification(folder, verification);
  const swept = await cleanUp(deployment, machine);
  machine.stdout.write(`${sweepSeen(swept).text}\n`);
  if (!isClean(swept)) return EXIT.fail;
  await forget(deployment);
  return EXIT.pass;
}

function announcement({ target, region, name }: Record<"target" | "region" | "name", string>): string {
  return [
    `A verification of ${target} in ${region}, under the name ${name}, makes:`,
    `  one function of ${MEMORY_MB} MB outside of any VPC, which reserves ${RESERVED} concurrent executions, with its role and log group`,
    "  one version of it with one provisioned environment, for some minutes",
    "  three alarms, a metric filter and a table for leases",
    `It invokes the function fewer than ${INVOCATIONS} times, and removes everything at the end.`,
    target === "aws"
      ? `By the price pages it costs at most ${estimateUsd().toFixed(3)} USD, and 0.005 USD for each GB that the account's functions log meanwhile, which longrun scan reads.`
      : "On this machine it costs nothing.",
    "",
  ].join("\n");
}

const isClean = ({ left, unknown }: Swept): boolean => left.length === 0 && unknown.length === 0;

function sweepSeen({ left, unknown }: Swept): ProbeResult {
  if (left.length > 0) return differs(`Still there: ${left.join(", ")}.`);
  return unknown.length > 0
    ? notReached(`Not everything could be looked up: ${unknown.join("; ")}.`)
    : confirmed("Nothing is left.");
}

async function forget({ target, folder }: Settings): Promise<void> {
  if (target === "local") await stopServices(folder);
  forgetVerification(folder);
}

function writeReport(folder: string, report: VerificationReport): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "report.json"), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(folder, "report.markdown"), reportMarkdown(report));
}

function summary({ rows }: VerificationReport): string {
  return rows
    .filter(({ outcome }) => outcome !== "not reached")
    .map(({ id, outcome, seen }) => `${outcome.padEnd(10)} ${id}: ${seen}`)
    .concat(`${rows.filter(({ outcome }) => outcome === "not reached").length} rows were not reached.`)
    .join("\n");
}
