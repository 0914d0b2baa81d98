/** Opens the evidence in a run directory: small evidence is kept in memory, large evidence in temporary files. */
import { closeSync } from "node:fs";
import type { EvidenceNeeds } from "../../evidence/evidence-need.ts";
import type { GatheredEvidence } from "../../evidence/gathered-evidence.ts";
import { RunGathering, type RunSink, type ScannedRun } from "../../evidence/gather-run.ts";
import type { RowStore } from "../../evidence/row-store.ts";
import type { Manifest } from "../../domain/manifest.ts";
import { rowStoreFor } from "../storage/row-store-for.ts";
import { openRunFile } from "./run-files.ts";
import { runFolder } from "./run-folder.ts";
import { scanRun } from "./scan-run.ts";
import { segmentsOf } from "./segments.ts";

export interface OpenRun {
  readonly evidence: GatheredEvidence;
  /** After this call, the evidence cannot be read. */
  readonly close: () => void;
}

interface OpenRunOptions {
  readonly needs: EvidenceNeeds;
  /** By default, that of the run. */
  readonly clockToleranceMs?: number;
  readonly heldMax?: number;
  /** By default, the size of the files decides which store is used. */
  readonly rows?: RowStore;
}

/** A function if the options depend on the settings of the run. */
type OptionsOfRun = OpenRunOptions | ((manifest: Manifest) => OpenRunOptions);

export function openRun(folder: string, options: OptionsOfRun): OpenRun {
  const { run, sink } = scan(folder, options);
  return finish(run, sink, options);
}

/** Passes evidence that is not in the folder to `sink`. Resolves with the run and what is now known about its sources. */
export type AddEvidence = (run: ScannedRun, sink: RunSink) => Promise<ScannedRun>;

/** Opens a run directory together with evidence from elsewhere, such as a server's log that the run did not read. */
export async function openRunWith(folder: string, options: OptionsOfRun, add: AddEvidence): Promise<OpenRun> {
  const { run, sink } = scan(folder, options);
  try {
    return finish(await add(run, sink), sink, options);
  } catch (error) {
    sink.close();
    throw error;
  }
}

function scan(
  folder: string,
  options: OptionsOfRun,
): { readonly run: ScannedRun; readonly sink: RunGathering } {
  let rows: RowStore | undefined;
  try {
    return scanRun(folder, (manifest) => {
      const { rows: given, clockToleranceMs } = optionsFor(manifest, options);
      rows = given ?? rowStoreFor(bytesOf(folder, manifest));
      return new RunGathering(rows, manifest, clockToleranceMs);
    });
  } catch (error) {
    rows?.close();
    throw error;
  }
}

function finish(run: ScannedRun, sink: RunGathering, options: OptionsOfRun): OpenRun {
  try {
    return { evidence: sink.evidence(run, optionsFor(run.manifest, options)), close: () => sink.close() };
  } catch (error) {
    sink.close();
    throw error;
  }
}

function optionsFor(manifest: Manifest, options: OptionsOfRun): OpenRunOptions {
  return typeof options === "function" ? options(manifest) : options;
}

function bytesOf(folder: string, { functions }: Manifest): number {
  const paths = runFolder(folder);
  const files = [
    paths.journal,
    ...functions.flatMap(({ name }) => [paths.logs(name), paths.peer(name), paths.links(name)]),
  ];
  return files
    .flatMap((path) => segmentsOf(folder, path))
    .reduce((sum, path) => sum + sizeOf(folder, path), 0);
}

function sizeOf(folder: string, path: string): number {
  const file = openRunFile(folder, path);
  if (file === null) return 0;
  closeSync(file.descriptor);
  return file.size;
}
