/** Fills a folder with the jars of AWS's runtime client for Java. Java takes all jars in the folder as its class path. */
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { RuntimeClient } from "../../runtime-client.ts";

const JARS = "lib";

/** Copies the jars, because the source may be in a folder that the environment's own mounts hide. */
export async function placeJavaClient(source: string, folder: string): Promise<RuntimeClient> {
  await mkdir(folder, { recursive: true });
  await cp(source, join(folder, JARS), { recursive: true });
  return { folder, file: `${JARS}/*` };
}
