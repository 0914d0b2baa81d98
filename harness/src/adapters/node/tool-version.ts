/** The version of this tool. The build inserts it. If the tool runs from source, the version is read from package.json. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "./assets.ts";

declare const LONGRUN_VERSION: string | undefined;

export function toolVersion(): string {
  if (typeof LONGRUN_VERSION === "string") return LONGRUN_VERSION;
  const manifest = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as {
    readonly version: string;
  };
  return manifest.version;
}
