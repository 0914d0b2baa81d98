/**
 * The folder for /opt of a function generation: a single layer is used unchanged; several are copied once into one folder, in order (a file
 * of a later layer wins).
 */
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
