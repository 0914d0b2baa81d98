/** Fills a folder with AWS's runtime client for Python, which pip installed elsewhere, and with the program that starts the client. */
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RuntimeClient } from "../../runtime-client.ts";
import { START_FILE, START_TEXT } from "./start-file.ts";

/** Copies the client, because the source may be in a folder that the environment's own mounts hide. */
export async function placePythonClient(source: string, folder: string): Promise<RuntimeClient> {
  await mkdir(folder, { recursive: true });
  // Python uses the compiled files only if the copied sources keep their times.
  await cp(source, folder, { recursive: true, preserveTimestamps: true });
  await writeFile(join(folder, START_FILE), START_TEXT);
  return { folder, file: START_FILE };
}
