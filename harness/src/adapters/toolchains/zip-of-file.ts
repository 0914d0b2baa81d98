/** Makes a deployment package with one file. */
import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";

/** A DOS time has no time zone, so the same file gives the same bytes everywhere. */
export async function zipOfFile(name: string, contents: Buffer, mode: number): Promise<Uint8Array> {
  const zip = new ZipFile();
  zip.addBuffer(contents, name, { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode });
  zip.end();
  return buffer(zip.outputStream);
}
