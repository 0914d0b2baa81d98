/**
 * The note about a verification is written before anything is deployed, and removed when nothing is left. After a kill, it shows what `make
 * verify CLEAN=1` must remove.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writeAndRename } from "../../../harness/src/adapters/run-directory/write-and-rename.ts";
import { processStart } from "../../../harness/src/engine/process/running/process-start.ts";
import { notAvailable } from "../../../harness/src/base/errors.ts";
import { parseJson } from "../../../harness/src/base/json-object.ts";
import { TARGETS } from "../../../harness/src/words/target.ts";
import { TIERS } from "./row.ts";

const NOTE = z.object({
  target: z.enum(TARGETS),
  name: z.string(),
  region: z.string(),
  tier: z.enum(TIERS),
  pid: z.number(),
  start: z.string(),
});

export type Verification = Pick<z.infer<typeof NOTE>, "target" | "name" | "region" | "tier">;

const fileIn = (folder: string): string => join(folder, "verification.json");

/** Null if the folder has no note. Throws "unavailable" if the note is damaged. */
export function findVerification(folder: string): Verification | null {
  return readNote(folder);
}

/** Throws "unavailable" if a verification runs in this folder now, or if the note is damaged. */
export function refuseRunning(folder: string): void {
  const note = readNote(folder);
  if (note !== null && processStart(note.pid) === note.start)
    throw notAvailable(`A verification is running (process ${note.pid}).`);
}

function readNote(folder: string): z.infer<typeof NOTE> | null {
  const file = fileIn(folder);
  if (!existsSync(file)) return null;
  const note = NOTE.safeParse(parseJson(readFileSync(file, "utf8")));
  if (note.success) return note.data;
  throw notAvailable(`The note about an earlier verification is damaged: ${file}`, {
    hint: `What that verification made has the tag Longrun with a value that begins with lrv-. Remove these resources by hand, and then the folder ${folder}.`,
  });
}

export function noteVerification(folder: string, verification: Verification): void {
  mkdirSync(folder, { recursive: true });
  // The folder may be in a checkout, and must not be committed.
  writeFileSync(join(folder, ".gitignore"), "*\n");
  const note = { ...verification, pid: process.pid, start: processStart(process.pid) ?? "" };
  // A process that is killed here leaves the earlier note or the new one, but never a part of it.
  writeAndRename(fileIn(folder), JSON.stringify(note));
}

export function forgetVerification(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
