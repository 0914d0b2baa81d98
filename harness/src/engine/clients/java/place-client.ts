/** Makes the class path of AWS's runtime client for Java. */
import { cp, mkdir, readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import type { InstalledClient } from "../../../runtimes/installed-client.ts";
import type { RuntimeClient } from "../../runtime-client.ts";

/** The mounts of an environment hide what this machine has in these folders. */
const HIDDEN = /^\/(?:tmp|var|opt)\//;

/**
 * An archive of classes is valid only for the jars at the paths where they were when it was made, so that the jars are used where they are. They
 * are copied only if the environment could not see them there.
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
