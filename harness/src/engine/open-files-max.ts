/** How many files this process may open; null where that is not known (other systems than Linux). */
import { readFileSync } from "node:fs";

/** Node has raised the soft limit to the hard limit when it started. */
export function openFilesMax(): number | null {
  try {
    const [, soft] = /^Max open files +(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8")) ?? [];
    return soft === undefined ? null : Number(soft);
  } catch {
    return null;
  }
}
