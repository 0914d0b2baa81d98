/** Relative paths of the files below a folder. Links to folders are listed but not followed; Node 22's own listing follows them. */
import { readdirSync } from "node:fs";
import { join } from "node:path";

export function namesBelow(folder: string): string[] {
  const names: string[] = [];
  const below = [""];
  for (let at = below.pop(); at !== undefined; at = below.pop()) {
    for (const entry of readdirSync(join(folder, at), { withFileTypes: true })) {
      const name = join(at, entry.name);
      if (entry.isDirectory()) below.push(name);
      else names.push(name);
    }
  }
  return names;
}
