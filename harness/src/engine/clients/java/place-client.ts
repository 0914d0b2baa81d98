/** Makes the class path of AWS's runtime client for Java. */
import { cp, mkdir, realpath } from "node:fs/promises";
import { basename, join } from "node:path";
import type { InstalledClient } from "../../../runtimes/installed-client.ts";
import type { RuntimeClient } from "../../runtime-client.ts";

/** Folders of this machine that an environment cannot see, because its mounts hide them. */
const HIDDEN = /^\/(?:tmp|var|opt)\//;

/**
 * Returns the class path. The jars are used where they are, because an archive of classes is valid only for jars at the paths that they had
 * when it was made. They are copied only if the environment could not see them there.
 */
export async function placeJavaClient(
  { folder: source, jars, archive }: InstalledClient,
  folder: string,
): Promise<RuntimeClient> {
  await mkdir(folder, { recursive: true });
  if (!HIDDEN.test(await realpath(source)))
    return { folder, file: jars.join(":"), ...(archive === null ? {} : { archive }) };
  for (const jar of jars) await cp(jar, join(folder, basename(jar)));
  return { folder, file: jars.map((jar) => basename(jar)).join(":") };
}
