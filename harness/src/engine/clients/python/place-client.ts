/** Lays out a folder with AWS's runtime client for Python, from where pip installed it, and with the program that starts it. */
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RuntimeClient } from "../../runtime-client.ts";
import { START_FILE, START_TEXT } from "./start-file.ts";

/** Copies it, since the source may be in a folder that the environment's own mounts hide. */
export async function placePythonClient(source: string, folder: string): Promise<RuntimeClient> {
  await mkdir(folder, { recursive: true });
  // The compiled files are only used if the times of their sources stay the same.
  await cp(source, folder, { recursive: true, preserveTimestamps: true });
  await writeFile(join(folder, START_FILE), START_TEXT);
  return { folder, file: START_FILE };
}
