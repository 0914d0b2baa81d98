/** Writes the run directory, which has plan and manifest already. Appended data is with the operating system before the call returns, so it is kept if this process dies. */
import type { PlatformRecord } from "../../record/ended-environment.ts";
import type { MetricReading } from "../../record/function-metrics.ts";
import type { JournalEvent } from "../../record/journal.ts";
import type { LinkLogRecord } from "../../record/link-log.ts";
import type { LogRecord } from "../../record/log-record.ts";
import type { Manifest } from "../../record/manifest.ts";
import type { PeerLine, PeerReadyRecord } from "../../record/peer-log.ts";

export interface RunStore {
  readonly folder: string;
  appendJournal(event: JournalEvent): void;
  appendLogs(label: string, records: readonly LogRecord[]): void;
  appendPeer(label: string, line: PeerLine | PeerReadyRecord): void;
  appendLinks(label: string, records: readonly LinkLogRecord[]): void;
  appendMetrics(label: string, readings: readonly MetricReading[]): void;
  appendApplied(records: readonly PlatformRecord[]): void;
  writeManifest(manifest: Manifest): void;
  /** Flushes everything to the disk, and frees the space that was reserved for the report. */
  makeRoom(): void;
  /** Called when a write fails for the first time because the disk is full. */
  onDiskFull(listener: () => void): void;
  close(): void;
  /** Removes the folder, or only its content if it existed before, so that it does not count as a run. */
  discard(): void;
}
