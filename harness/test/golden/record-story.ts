/**
 * Records the evidence that a test judges, so that it stays in the repository as a story of its own, without the code that made it. With
 * LONGRUN_STORIES=FILE, which `npm run golden:renew -- --stories` sets, each piece of evidence becomes a line of that file.
 */
import { appendFileSync } from "node:fs";
import { join, relative } from "node:path";
import { env } from "node:process";
import type { Evidence } from "../../src/record/evidence.ts";
import { judgementSettings } from "../../src/judge/judge-run.ts";
import type { JudgementSettings } from "../../src/record/judgement-settings.ts";
import type { BundledFile } from "../../../scripts/golden/bundle.ts";
import type { Story } from "../../../scripts/golden/stories.ts";
import { storyFiles } from "./story-files.ts";

/** A test that judges many random stories shows most with the first ones. Larger stories are of tests about size or speed. */
const MOST = { ofTest: 2, ofFile: 30, characters: 40_000 };
const TESTS = join(import.meta.dirname, "..");

const file = env["LONGRUN_STORIES"];
let test = { file: "analysis", title: "while the tests are loaded" };
const counted = new Map<string, number>();

if (file !== undefined)
  beforeEach(function () {
    const { currentTest } = this;
    test = { file: relative(TESTS, currentTest?.file ?? ""), title: currentTest?.fullTitle() ?? "" };
  });

export function recordStory(evidence: Evidence, settings: JudgementSettings): void {
  if (file === undefined) return;
  const given = argumentsFor(evidence, settings);
  if (given === null || !isWholeInFiles(evidence)) return;
  const files = storyFiles(evidence);
  if (size(files) > MOST.characters) return;
  const title = `${test.file}: ${test.title}`;
  if (count(title) > MOST.ofTest || count(test.file) > MOST.ofFile) return;
  const story: Story = { of: title, arguments: given, files };
  appendFileSync(file, `${JSON.stringify(story)}\n`);
}

function count(name: string): number {
  const now = (counted.get(name) ?? 0) + 1;
  counted.set(name, now);
  return now;
}

const size = (files: readonly BundledFile[]): number =>
  files.reduce((sum, { content }) => sum + content.length, 0);

/** Whether the files of a story have everything that is in the evidence, and can be read. */
function isWholeInFiles({ manifest, journal, plan, applied, functions }: Evidence): boolean {
  const logs = manifest === null;
  if (logs !== (journal === null) || (logs && (plan !== null || applied !== null))) return false;
  if (logs && functions.every(({ records }) => records.length === 0)) return false;
  if (logs && functions.length > 1 && functions.some(({ peerLog }) => peerLog !== null)) return false;
  return functions.every(
    ({ peerNames, metrics, unreadable }) =>
      peerNames === undefined &&
      unreadable.length === 0 &&
      (metrics === undefined || (!logs && metrics.loggedFrom === null && metrics.loggedTo === null)),
  );
}

/** Returns the flags of `longrun analyze` for these settings. Null if it has no flags for them. */
function argumentsFor({ manifest }: Evidence, settings: JudgementSettings): readonly string[] | null {
  const usual = judgementSettings(manifest, {});
  const differs = (name: keyof typeof usual): boolean =>
    JSON.stringify(settings[name]) !== JSON.stringify(usual[name]);
  if (differs("expectations") || settings.until !== null || differs("peerCapacities") || differs("inFlight"))
    return null;
  const { capacity } = settings;
  if (differs("capacity") && !capacity.given) return null;
  return [
    ...(differs("capacity") ? ["--capacity", String(capacity.places ?? "unknown")] : []),
    ...(differs("clockToleranceMs") ? ["--clock-tolerance", `${settings.clockToleranceMs}ms`] : []),
    ...(differs("idleLifeMs") ? ["--idle-life", `${settings.idleLifeMs}ms`] : []),
    ...(differs("settleMs") ? ["--settle", `${settings.settleMs}ms`] : []),
    ...(differs("thresholds") ? settings.thresholds.flatMap((one) => ["--threshold", one]) : []),
    ...(differs("strangers") ? settings.strangers.flatMap((one) => ["--stranger", one]) : []),
    ...(differs("keptConnections") ? ["--kept-connections", settings.keptConnections] : []),
    ...(settings.reservedConcurrency === null
      ? []
      : ["--reserved-concurrency", String(settings.reservedConcurrency)]),
    ...(settings.applicationLogLevel === null
      ? []
      : ["--application-log-level", settings.applicationLogLevel]),
  ];
}
