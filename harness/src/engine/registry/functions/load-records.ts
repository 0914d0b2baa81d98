/** Loads the functions that an earlier engine left. A function without its package is reported and left out. */
import type { CodeStore } from "../packages/code-store.ts";
import type { FunctionRecord, FunctionVersion } from "./function-record.ts";
import type { StoredPackage } from "../packages/stored-package.ts";
import { settled } from "./function-state.ts";
import type { RecordFolder } from "../record-folder.ts";

export interface LoadOptions {
  readonly recordFolder: RecordFolder<FunctionRecord>;
  readonly codeStore: CodeStore;
  readonly report: (problem: string) => void;
  readonly layerFolders: () => readonly string[];
}

export async function loadRecords({
  recordFolder,
  codeStore,
  report,
  layerFolders,
}: LoadOptions): Promise<readonly FunctionRecord[]> {
  const { records, problems } = await recordFolder.load();
  for (const problem of problems) report(problem);
  const used = new Set([
    ...layerFolders(),
    ...records.flatMap((record) =>
      [record.latest, ...record.versions].flatMap((version) =>
        packagesOf(version).map(({ folder }) => folder),
      ),
    ),
  ]);
  const whole = records.filter((record) => {
    const lost = [record.latest, ...record.versions].find((version) =>
      packagesOf(version).some((code) => !codeStore.has(code)),
    );
    if (lost === undefined) return true;
    report(
      `function ${record.name} was left out: the package of version ${lost.version} is missing from the data folder`,
    );
    return false;
  });
  for (const record of whole) {
    record.latest = settled(record.latest);
    record.versions = record.versions.map(settled);
  }
  // If a function's file could not be read, no package is removed: the user may repair the file, and the function then needs its package.
  if (problems.length === 0) await codeStore.sweep(used);
  return whole;
}

function packagesOf({ code, settings }: FunctionVersion): readonly StoredPackage[] {
  return [code, ...settings.Layers.map((layer) => layer.code)];
}
