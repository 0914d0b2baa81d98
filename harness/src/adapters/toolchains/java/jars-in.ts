/** The jars of AWS's client for Java in a folder, in the order in which they are on the class path. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { namesIn } from "../names-in.ts";

/** The jar with the replacement for the client's native library (http-client.ts). It must come before the client's own jars. */
export const HTTP_JAR = join("http", "native-client.jar");

export function jarsIn(folder: string): readonly string[] {
  const jars = namesIn(folder)
    .filter((name) => name.endsWith(".jar"))
    .map((name) => join(folder, name));
  const replacement = join(folder, HTTP_JAR);
  return existsSync(replacement) ? [replacement, ...jars] : jars;
}
