/** Makes a folder for each test and removes it after the test. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface TemporaryFolder {
  readonly path: () => string;
  /** Makes the subfolder `name` with files (path to text). Returns the subfolder's path. */
  readonly with: (name: string, files: Readonly<Record<string, string>>) => string;
}

export function temporaryFolder(): TemporaryFolder {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "longrun-test-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    path: () => folder,
    with(name, files) {
      const made = join(folder, name);
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(made, file)), { recursive: true });
        writeFileSync(join(made, file), text);
      }
      return made;
    },
  };
}
