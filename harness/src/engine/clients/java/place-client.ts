/** Returns the class path of AWS's runtime client for Java. */
import { cp, mkdir, readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import type { InstalledClient } from "../../../runtimes/installed-client.ts";
import type { RuntimeClient } from "../../runtime-client.ts";

/** The mounts of an environment hide what this machine has in these folders. */
const HIDDEN = /^\/(?:tmp|var|opt)\//;

/**
 * Uses the installed jars in their place, because a class archive (CDS) is valid only for jars at the paths that they had when it was made.
 * Copies the jars only if the mounts of the environment hide them.
 */
export async function placeJavaClient(
  { folder: source, archive }: InstalledClient,
  folder: string,
): Promise<RuntimeClient> {
  await mkdir(folder, { recursive: true });
  const jars = (await readdir(source)).filter((name) => name.endsWith(".jar")).sort();
  if (!HIDDEN.test(await realpath(source))) {
    const file = jars.map((name) => join(source, name)).join(":");
    return archive === null ? { folder, file } : { folder, file, archive };
  }
  for (const name of jars) await cp(join(source, name), join(folder, "lib", name));
  return { folder, file: "lib/*" };
}
