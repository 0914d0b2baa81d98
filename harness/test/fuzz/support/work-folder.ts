/** A folder for the cases of one target. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface WorkFolder {
  readonly path: string;
  /** Makes an empty folder with this name in the work folder, and removes an older one. */
  fresh(name: string): string;
  remove(): void;
}

export function workFolder(): WorkFolder {
  const path = mkdtempSync(join(tmpdir(), "longrun-fuzz-"));
  const empty = (name: string): void => rmSync(join(path, name), { recursive: true, force: true });
  return {
    path,
    fresh(name) {
      empty(name);
      mkdirSync(join(path, name));
      return join(path, name);
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
