import { readdirSync } from "node:fs";

/** Returns the sorted names in a folder. The list is empty if there is no such folder. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
