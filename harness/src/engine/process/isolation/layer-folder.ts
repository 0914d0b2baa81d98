/** /opt of a function generation: one layer as it is, several merged in order (a later layer's file wins), copied once. */
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
