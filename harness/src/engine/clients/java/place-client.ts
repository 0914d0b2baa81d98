/** Makes the class path of AWS's runtime client for Java. */
import { cp, mkdir, realpath } from "node:fs/promises";
import { basename, join } from "node:path";
import type { IsolationKind } from "../../../words/isolation.ts";
import type { InstalledClient } from "../../../catalogue/runtimes/installed-client.ts";
import type { RuntimeClient } from "../../runtime-client.ts";

/** Folders of this machine that an environment with namespaces cannot see, because its mounts hide them. */
const HIDDEN = /^\/(?:tmp|opt|var\/(?:task|runtime|lang))\//;

export function hiddenByMounts(folder: string): boolean {
  return HIDDEN.test(`${folder}/`);
}

/**
 * The jars are used where they are, because the AppCDS archive (the client's classes in loaded form) is valid only for jars at the paths
 * that they had when the archive was made. If the environment could not see the jars there, they are copied, and the archive is not used.
 */
export async function placeJavaClient(
  { folder: source, jars, archive }: InstalledClient,
  folder: string,
  isolation: IsolationKind,
): Promise<RuntimeClient> {
  await mkdir(folder, { recursive: true });
  if (isolation === "none" || !hiddenByMounts(await realpath(source)))
    return { folder, file: jars.join(":"), ...(archive === null ? {} : { archive }) };
  for (const jar of jars) await cp(jar, join(folder, basename(jar)));
  return { folder, file: jars.map((jar) => basename(jar)).join(":") };
}
