/** Loads the functions that an earlier engine left. A function without its package is reported and left out. */
import { isMachineFault } from "../../machine-fault.ts";
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
  const lost = await reopenAll(codeStore, used);
  for (const folder of layerFolders())
    if (lost.has(folder)) report(`the package of a layer cannot be used: ${lost.get(folder)}`);
  const whole = records.filter((record) => {
    for (const version of [record.latest, ...record.versions])
      for (const { folder } of packagesOf(version)) {
        const why = lost.get(folder);
        if (why === undefined) continue;
        report(
          `function ${record.name} was left out: the package of version ${version.version} cannot be used: ${why}`,
        );
        return false;
      }
    return true;
  });
  for (const record of whole) {
    record.latest = settled(record.latest);
    record.versions = record.versions.map(settled);
  }
  // If a function's file could not be read, no package is removed: the user may repair the file, and the function then needs its package.
  if (problems.length === 0) await codeStore.sweep(used);
  return whole;
}

/** Returns the packages that cannot be used, with the reason. Rejects if this machine is the reason, for example because its disk is full. */
async function reopenAll(
  codeStore: CodeStore,
  folders: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const lost = new Map<string, string>();
  for (const folder of folders)
    try {
      await codeStore.reopen(folder);
    } catch (error) {
      if (isMachineFault(error)) throw error;
      lost.set(folder, (error as Error).message);
    }
  return lost;
}

function packagesOf({ code, settings }: FunctionVersion): readonly StoredPackage[] {
  return [code, ...settings.Layers.map((layer) => layer.code)];
}
