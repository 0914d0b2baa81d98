/**
 * Fills a folder with a runtime client for Python and with the program that starts it: AWS's client, which pip installed elsewhere, or
 * ours.
 */
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { InstalledClient } from "../../../runtimes/installed-client.ts";
import type { RuntimeClient } from "../../runtime-client.ts";
import { OWN_CLIENT_TEXT } from "./own-client.ts";
import { AWS_CLIENT_TEXT, PATHS_TEXT, START_FILE } from "./start-file.ts";

/**
 * Copies AWS's client into the folder and returns it there. The environment's mounts may hide the folder in which it is installed. If `installed`
 * is null, our own client is placed instead.
 */
export async function placePythonClient(
  installed: Pick<InstalledClient, "folder"> | null,
  folder: string,
): Promise<RuntimeClient> {
  await mkdir(folder, { recursive: true });
  // Python uses the compiled files only if the copied sources keep their times.
  if (installed !== null) await cp(installed.folder, folder, { recursive: true, preserveTimestamps: true });
  const client = installed === null ? OWN_CLIENT_TEXT : AWS_CLIENT_TEXT;
  await writeFile(join(folder, START_FILE), `${PATHS_TEXT}${client}`);
  return { folder, file: START_FILE };
}
