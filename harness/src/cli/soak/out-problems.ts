/** `--out` before anything is started: a folder that is there must be empty. Whether it can be made is seen when it is. */
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Problem } from "../../profile/option.ts";
import type { SoakSettings } from "../../profile/soak-settings.ts";

export function outProblems({ out }: SoakSettings, workingFolder: string): readonly Problem[] {
  if (out === null) return [];
  const wrong = (text: string): readonly Problem[] => [
    { where: `--out ${out}`, text: `expected a new or an empty folder, but ${text}` },
  ];
  try {
    return readdirSync(resolve(workingFolder, out)).length === 0 ? [] : wrong("there is something in it");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT"
      ? []
      : wrong(code === "ENOTDIR" ? "a file stands in the way" : (code ?? String(error)));
  }
}
