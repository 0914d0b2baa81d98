/** Returns the folder for /opt. Several layers are copied into one folder: a file of a later layer replaces a file of an earlier one. */
import { cp, mkdir } from "node:fs/promises";

export async function optFolder(
  layers: readonly string[],
  mergedFolder: string,
  emptyFolder: string,
): Promise<string> {
  const [only, ...others] = layers;
  if (only === undefined) return emptyFolder;
  if (others.length === 0) return only;
  await mkdir(mergedFolder, { recursive: true });
  for (const layer of layers) await cp(layer, mergedFolder, { recursive: true, force: true });
  return mergedFolder;
}
