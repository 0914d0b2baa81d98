import { join, resolve } from "node:path";
import { listLogFiles } from "../../adapters/log-formats/list-log-files.ts";
import { fileBytes, unpacked } from "../../adapters/log-formats/log-source-bytes.ts";
import { readLogs, type LogInput, type LogRequest } from "../../adapters/log-formats/read-logs.ts";
import { openRun, openRunWith } from "../../adapters/run-directory/scan-run.ts";
import { SpilledTexts } from "../../adapters/storage/spilled-texts.ts";
import { systemClock } from "../../adapters/node/system-clock.ts";
import { logPattern } from "../../logs/servers/log-pattern.ts";
import { judgementSettings } from "../../judge/judge-run.ts";
import { noticeSentence } from "../../report/wording/notice-sentence.ts";
import { defaultValue } from "../../settings/setting-table.ts";
import { SINCE } from "../../settings/shared-settings.ts";
import { instantOf } from "../../settings/value-parsers.ts";
import { durationMs, epochMs, type EpochMs } from "../../base/time.ts";
import { defaultFacts } from "../default-facts.ts";
import type { Machine } from "../machine.ts";
import { serverLogs } from "../server-logs.ts";
import { addPeerLogs } from "./add-peer-logs.ts";
import { addMetrics, readMetricFiles } from "./add-metrics.ts";
import { settingsGiven, type AnalyzeRequest } from "./analyze-settings.ts";
import type { ChosenEvidence } from "./choose-evidence.ts";
import { evidenceInWords, type EvidenceInWords } from "./evidence-in-words.ts";

export async function gatherEvidence(
  machine: Machine,
  chosen: ChosenEvidence,
  settings: AnalyzeRequest,
): Promise<EvidenceInWords> {
  const files = await readMetricFiles(machine, settings.metricsFiles);
  const now = systemClock.now();
  const range = {
    since: settings.since === null ? null : instantOf(settings.since, now),
    until: settings.until === null ? null : instantOf(settings.until, now),
  };
  const gathered = await gatherLogs(machine, chosen, settings, { ...range, now });
  try {
    return addMetrics(gathered, files, range);
  } catch (error) {
    gathered.close();
    throw error;
  }
}

interface AskedRange {
  readonly since: EpochMs | null;
  readonly until: EpochMs | null;
  readonly now: EpochMs;
}

async function gatherLogs(
  machine: Machine,
  chosen: ChosenEvidence,
  settings: AnalyzeRequest,
  { since, until, now }: AskedRange,
): Promise<EvidenceInWords> {
  if (chosen.kind === "run") return gatherRun(machine, chosen.folder, settings);
  const request: Omit<LogRequest, "logs" | "range"> = {
    peerLogs: peerLogs(machine, settings),
    peerLogZone: settings.peerLogZone,
    peerLogPatterns: settings.peerLogPatterns.map(logPattern),
    functionName: settings.functionName,
    clockToleranceMs: durationMs(judgementSettings(null, settingsGiven(settings)).clockToleranceMs),
  };
  if (chosen.kind === "files") {
    const range = { since, until };
    const logs = fileInputs(machine, chosen.paths);
    return evidenceInWords(await readLogs({ ...request, logs, range }, new SpilledTexts()));
  }
  const range = {
    since: since ?? instantOf(defaultValue(SINCE, defaultFacts(machine)), now),
    until: epochMs(Math.min(until ?? now, now)),
  };
  // The AWS SDK is large, so it is loaded only for CloudWatch.
  const { readGroups } = await import("./read-groups.ts");
  return readGroups(machine, { groups: chosen.logGroups, range, now, request }, settings);
}

async function gatherRun(
  machine: Machine,
  folder: string,
  settings: AnalyzeRequest,
): Promise<EvidenceInWords> {
  const notices: string[] = [];
  const files = settings.peerLogs.map(({ name, file }) => ({ name, value: file }));
  const logs = serverLogs(machine.workingFolder, { ...settings, peerLogFiles: files });
  const names = new Set(files.map(({ name }) => name));
  const opened =
    logs === null
      ? openRun(folder)
      : await openRunWith(
          folder,
          addPeerLogs(logs, names, (one) => void notices.push(noticeSentence(one))),
        );
  return { ...opened, until: null, notices, ownGroups: [] };
}

function fileInputs(machine: Machine, paths: readonly string[]): readonly LogInput[] {
  return paths.flatMap((path): readonly LogInput[] => {
    if (path === "-") return [{ source: "standard input", open: () => unpacked(machine.inputBytes()) }];
    const whole = resolve(machine.workingFolder, path);
    return listLogFiles(whole).map((file) => ({
      source: whole === file ? path : join(path, file.slice(whole.length + 1)),
      open: () => fileBytes(file),
    }));
  });
}

function peerLogs(machine: Machine, settings: AnalyzeRequest): LogRequest["peerLogs"] {
  return settings.peerLogs.map(({ name, file }) => ({
    name,
    source: file,
    open: () =>
      file === "-" ? unpacked(machine.inputBytes()) : fileBytes(resolve(machine.workingFolder, file)),
  }));
}
