/** Whether a path is a folder. Returns false for anything else, and null if the path does not exist. */
import { statSync } from "node:fs";

export function isFolder(path: string): boolean | null {
  try {
    return statSync(path).isDirectory();
  } catch {
    return null;
  }
}
