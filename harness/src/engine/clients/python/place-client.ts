/** Fills a folder with a runtime client for Python, AWS's or ours, and with the program that starts it. */
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { InstalledClient } from "../../../catalogue/runtimes/installed-client.ts";
import type { RuntimeClient } from "../../runtime-client.ts";
import { OWN_CLIENT_TEXT } from "./own-client.ts";
import { AWS_CLIENT_TEXT, START_FILE, START_TEXT } from "./start-file.ts";

/** Copies AWS's client, because the environment's mounts may hide its folder. If `installed` is null, our own client is written. */
export async function placePythonClient(
  installed: Pick<InstalledClient, "folder"> | null,
  folder: string,
): Promise<RuntimeClient> {
  await mkdir(folder, { recursive: true });
  // Python uses the compiled files only if the copied sources keep their times.
  if (installed !== null) await cp(installed.folder, folder, { recursive: true, preserveTimestamps: true });
  await writeFile(
    join(folder, START_FILE),
    START_TEXT + (installed === null ? OWN_CLIENT_TEXT : AWS_CLIENT_TEXT),
  );
  return { folder, file: START_FILE };
}
