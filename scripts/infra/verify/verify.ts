/**
 * `make verify`: deploys under its own name, checks those rows of docs/verified.md that it can check in its tier, destroys in any case, and
 * writes a report. The exit code is 0 only if nothing differs, nothing is left, and everything that may be left could be looked up.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { toolVersion } from "../../../harness/src/adapters/node/tool-version.ts";
import type { Machine } from "../../../harness/src/cli/machine.ts";
import { notAvailable, wrongInput } from "../../../harness/src/base/errors.ts";
import { EXIT, type ExitCode } from "../../../harness/src/words/exit-codes.ts";
import { approve } from "../approve.ts";
import { awsRequests } from "../aws-request.ts";
import { stopServices } from "../local-services.ts";
import type { Settings } from "../settings.ts";
import { announcement } from "./announcement.ts";
import { cleanUp, type Removed } from "./clean-up.ts";
import { estimateUsd } from "./estimate.ts";
import { givenKey } from "./given-key.ts";
import { packProbe } from "./pack-probe.ts";
import type { ProbeResult } from "./probe.ts";
import { AnswerRecorder } from "./recording/answer-recorder.ts";
import { RECORDING_FILE } from "./recording/recording.ts";
import { isClean, removalRows, sweepSeen } from "./removal-rows.ts";
import { TIERS, type Tier } from "./row.ts";
import type { RowId } from "./rows.ts";
import { NOTHING_SEEN, seeEverything } from "./see-everything.ts";
import { reportMarkdown, verificationReport, type VerificationReport } from "./verification-report.ts";
import { verificationText } from "./verification-text.ts";
import { findVerification, forgetVerification, noteVerification, refuseRunning } from "./verification.ts";
import { refuseRootUser } from "./refuse-root-user.ts";
import { RESERVED, type DeploymentFacts } from "./verify-settings.ts";

export async function verify(settings: Settings, machine: Machine): Promise<ExitCode> {
  const { LONGRUN_DATA: given = "", CLEAN: wanted = "" } = machine.environment;
  const folder = given === "" ? join(settings.root, ".longrun", `verify-${settings.target}`) : resolve(given);
  refuseRunning(folder);
  return wanted === "1" ? clean(settings, folder, machine) : begin(settings, folder, machine);
}

async function begin(settings: Settings, folder: string, machine: Machine): Promise<ExitCode> {
  const { target, region } = settings;
  if (findVerification(folder) !== null)
    throw notAvailable("An earlier verification ended before everything was removed.", {
      hint: `make verify TARGET=${target} CLEAN=1 removes it.`,
    });
  if (region === null) throw wrongInput("REGION must be given with TARGET=aws, such as REGION=eu-central-1.");
  if (target === "aws") await refuseRootUser(await awsRequests({ region, endpoint: null }));
  const tier = tierOf(machine.environment["TIER"] ?? "");
  const verification = { target, name: `lrv-${randomBytes(4).toString("hex")}`, region, tier };
  const facts: DeploymentFacts = {
    ...verification,
    folder,
    packageFile: join(folder, "probe.zip"),
    kmsKeyArn: givenKey(settings),
    boundaryArn: null,
  };
  machine.stderr.write(announcement(verification));
  const question = `Deploy this on ${target}?`;
  await approve(settings, machine, { command: "make verify", question });
  const startedAt = new Date().toISOString();
  const out = resolve(
    settings.out ?? join(settings.root, "runs", `${startedAt.replace(/[:.]/g, "-")}-verify`),
  );
  const recorder = new AnswerRecorder({
    file: join(out, RECORDING_FILE),
    ...{ target, name: verification.name, region, at: startedAt, reserved: RESERVED },
  });
  noteVerification(folder, verification);
  const interrupt = new AbortController();
  const off = machine.onSignal(() => {
    interrupt.abort();
    machine.stderr.write(
      `\nInterrupted. What was deployed is destroyed now. After kill -9: make verify TARGET=${target} CLEAN=1\n`,
    );
  });
  const tell = (id: RowId, { outcome, text }: ProbeResult): void =>
    machine.stderr.write(`${id}: ${outcome}. ${text}\n`);
  let seen = NOTHING_SEEN;
  let removed: Removed;
  try {
    await packProbe(facts.packageFile);
    seen = await seeEverything({ user: settings, facts, machine, tell, recorder, signal: interrupt.signal });
  } finally {
    machine.stderr.write(`The verification's files are in ${folder} until everything is removed.\n`);
    removed = await cleanUp(settings, facts, { machine, role: seen.role });
    if (isClean(removed.swept)) await forget(facts);
    off();
  }
  const report = verificationReport(
    {
      ...{ longrun: toolVersion(), target, region, tier, startedAt },
      endedAt: new Date().toISOString(),
      atMostUsd: estimateUsd(tier),
    },
    new Map([...seen.results, ...removalRows(removed, seen, facts)]),
    removed.swept,
  );
  writeReport(out, report);
  machine.stdout.write(`${verificationText(report, machine.stdout.columns)}\n${out}\n`);
  if (interrupt.signal.aborted) return EXIT.interrupted;
  const good = isClean(removed.swept) && report.rows.every(({ outcome }) => outcome !== "differs");
  return good ? EXIT.pass : EXIT.fail;
}

async function clean(settings: Settings, folder: string, machine: Machine): Promise<ExitCode> {
  const verification = findVerification(folder);
  if (verification === null) {
    machine.stderr.write(
      `There is nothing to remove: no verification of TARGET=${settings.target} left anything.\n`,
    );
    return EXIT.pass;
  }
  const packageFile = join(folder, "probe.zip");
  await packProbe(packageFile);
  noteVerification(folder, verification);
  const facts = { ...verification, folder, packageFile, kmsKeyArn: null, boundaryArn: null };
  const { swept } = await cleanUp(settings, facts, { machine, role: null });
  machine.stdout.write(`${sweepSeen(swept).text}\n`);
  if (!isClean(swept)) return EXIT.fail;
  await forget(facts);
  return EXIT.pass;
}

function tierOf(given: string): Tier {
  if (given === "") return "lambda";
  const tier = TIERS.find((one) => one === given);
  if (tier === undefined)
    throw wrongInput(`TIER must be ${TIERS.join(" or ")}. Given: ${JSON.stringify(given)}.`);
  return tier;
}

async function forget({ target, folder }: Pick<DeploymentFacts, "target" | "folder">): Promise<void> {
  if (target === "local") await stopServices(folder);
  forgetVerification(folder);
}

function writeReport(folder: string, report: VerificationReport): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "report.json"), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(folder, "report.markdown"), reportMarkdown(report));
}
