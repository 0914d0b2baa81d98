/** A run directory → the evidence in it, its log records in temporary files rather than in memory: for a judgement of a run of any length. */
import type { Evidence } from "../../domain/evidence.ts";
import { RecordStore } from "./evidence-store/record-store.ts";
import { storedFunctions } from "./evidence-store/stored-functions.ts";
import { eachJsonLine } from "./json-lines.ts";
import { LogCollector } from "./log-files/log-collector.ts";
import { asLogRecord, readRun } from "./read-run.ts";

export interface OpenRun {
  readonly evidence: Evidence;
  /** Gives up what log records are read back from. */
  readonly close: () => void;
}

export function openRun(folder: string): OpenRun {
  const store = new RecordStore();
  try {
    const evidence = readRun(folder, (path, name) => {
      // The driver, a peer and links have a word in every invocation: none is only counted.
      const collector = new LogCollector({ since: null, until: null }, store, { watch: false, reachMs: 0 });
      const names = new Map<string, string>();
      const unreadable = eachJsonLine(path, (value) => {
        const record = asLogRecord(value, names);
        if (record !== null) collector.add(record, path, null);
        return record !== null;
      });
      const functions = new Map([[name, collector.finish()]]);
      const stored = storedFunctions(functions, store, { heldMax: Infinity, clockToleranceMs: 0 }).get(name);
      return unreadable === null
        ? null
        : { evidence: { records: [], streams: stored?.streams ?? [] }, unreadable };
    });
    return { evidence, close: () => store.close() };
  } catch (error) {
    store.close();
    throw error;
  }
}
