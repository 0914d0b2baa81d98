/** Whether there is a folder at a path; false for anything else, null if nothing is there. */
import { statSync } from "node:fs";

export function isFolder(path: string): boolean | null {
  try {
    return statSync(path).isDirectory();
  } catch {
    return null;
  }
}
