/** What lies at a path: a folder, something else, or nothing (null). */
import { statSync } from "node:fs";

export function isFolder(path: string): boolean | null {
  try {
    return statSync(path).isDirectory();
  } catch {
    return null;
  }
}
