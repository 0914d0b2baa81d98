/** Reads log groups from CloudWatch Logs. A signal stops the reading. With --cache, the next reading continues where this one stopped. */
import { join, resolve } from "node:path";
import { cloudwatchLogSource } from "../../adapters/aws/cloudwatch-log-source.ts";
import { folderOfGroup, logGroupSlices } from "../../adapters/aws/log-group-slices.ts";
import { serviceConnection } from "../../adapters/aws/service-connection.ts";
import { readLogs, type LogInput, type LogRequest } from "../../adapters/log-formats/read-logs.ts";
import { SpilledTexts } from "../../adapters/storage/spilled-texts.ts";
import { systemClock } from "../../adapters/node/system-clock.ts";
import { DEFAULT_JUDGEMENT_SETTINGS } from "../../record/judgement-settings.ts";
import { LongrunError, wrongInput } from "../../base/errors.ts";
import { epochMs, type EpochMs } from "../../base/time.ts";
import type { Machine } from "../machine.ts";
import { LOCAL_REGION } from "../../words/local-region.ts";
import type { AnalyzeRequest } from "./analyze-settings.ts";
import { evidenceInWords, type EvidenceInWords } from "./evidence-in-words.ts";
import { readMetrics } from "./read-metrics.ts";
import { readingProgress } from "./reading-progress.ts";

interface GroupReading {
  readonly groups: readonly string[];
  readonly range: { readonly since: EpochMs; readonly until: EpochMs };
  readonly now: EpochMs;
  readonly request: Omit<LogRequest, "logs" | "range">;
}

export async function readGroups(
  machine: Machine,
  { groups, range, now, request }: GroupReading,
  settings: AnalyzeRequest,
): Promise<EvidenceInWords> {
  const region = regionToAsk(settings);
  const progress = readingProgress(machine.stderr, systemClock);
  const source = cloudwatchLogSource(serviceConnection({ region, endpoint: settings.endpoint }), () =>
    progress.throttled(),
  );
  const stopped = new AbortController();
  const release = machine.onSignal(() => stopped.abort());
  const settledBefore = epochMs(now - (settings.settle ?? DEFAULT_JUDGEMENT_SETTINGS.settleMs));
  const logs = groups.map((logGroup): LogInput => ({
    source: logGroup,
    open: () =>
      logGroupSlices({
        source,
        logGroup,
        ...range,
        settledBefore,
        folder:
          settings.cache === null
            ? null
            : join(resolve(machine.workingFolder, settings.cache), folderOfGroup(region, logGroup)),
        signal: stopped.signal,
        progress: (state) => progress.show(logGroup, state),
      }),
  }));
  try {
    const read = evidenceInWords(await readLogs({ ...request, logs, range }, new SpilledTexts()));
    // The local engine has no metrics. If the user gave files with metrics, AWS is not asked for metrics.
    const asksAws = settings.endpoint === null && settings.metricsFiles.length === 0;
    const gathered = asksAws ? await readMetrics(read, { region, range, signal: stopped.signal }) : read;
    // All events up to `until` were read, so the evidence ends at `until`, even if the last event is older.
    return { ...gathered, until: range.until };
  } catch (error) {
    if (!stopped.signal.aborted) throw error;
    const goOn =
      settings.cache === null
        ? "With --cache FOLDER, the next reading would continue from here."
        : "The same command continues from here.";
    throw new LongrunError("interrupted", "Stopped while reading.", { hint: goOn, cause: error });
  } finally {
    progress.end();
    release();
    source.close();
  }
}

function regionToAsk({ region, endpoint }: AnalyzeRequest): string {
  if (region !== null) return region;
  if (endpoint !== null) return LOCAL_REGION;
  throw wrongInput("longrun analyze --log-group: expected --region or AWS_REGION.");
}
