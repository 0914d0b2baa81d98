/**
 * Copies a build and makes the copy treat every run like one with very many invocations: of quiet invocations (evidence/evidence-need.ts)
 * it then keeps only the number. No flag does that, and no recorded run is long enough.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** Returns the command of the copy, or null if the build has none of the constants. */
export function forceSpill(
  built: string,
  { folder, constants }: { readonly folder: string; readonly constants: readonly string[] },
): string | null {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(built, "dist"), join(folder, "dist"), { recursive: true });
  cpSync(join(built, "package.json"), join(folder, "package.json"));
  symlinkSync(join(built, "node_modules"), join(folder, "node_modules"));
  const changed = scriptsBelow(join(folder, "dist")).filter((path) => setToZero(path, constants));
  const command = join(folder, "dist", "longrun.js");
  return changed.length > 0 && existsSync(command) ? command : null;
}

function scriptsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => join(folder, name));
}

function setToZero(path: string, constants: readonly string[]): boolean {
  const before = readFileSync(path, "utf8");
  const named = new RegExp(`\\b(var|let|const) (${constants.join("|")}) = [\\d_e]+;`, "g");
  const after = before.replace(named, "$1 $2 = 0;");
  if (after !== before) writeFileSync(path, after);
  return after !== before;
}
