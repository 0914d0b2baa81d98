/**
 * The note about a verification that runs: written before anything is made, removed when nothing is left. After a kill it says what
 * `make verify CLEAN=1` must remove.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { processStart } from "../../../harness/src/engine/process/running/process-start.ts";
import { LongrunError } from "../../../harness/src/domain/errors.ts";
import { TARGETS } from "../../../harness/src/domain/target.ts";
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

/** Returns null if there is none. */
export function findVerification(folder: string): Verification | null {
  const file = fileIn(folder);
  return existsSync(file) ? NOTE.parse(JSON.parse(readFileSync(file, "utf8"))) : null;
}

/** Throws if one runs in this folder now. */
export function refuseRunning(folder: string): void {
  const file = fileIn(folder);
  if (!existsSync(file)) return;
  const { pid, start } = NOTE.parse(JSON.parse(readFileSync(file, "utf8")));
  if (processStart(pid) === start)
    throw new LongrunError("unavailable", `A verification is running (process ${pid}).`);
}

export function noteVerification(folder: string, verification: Verification): void {
  mkdirSync(folder, { recursive: true });
  // The folder may be in a checkout, and must not be committed.
  writeFileSync(join(folder, ".gitignore"), "*\n");
  const note = { ...verification, pid: process.pid, start: processStart(process.pid) ?? "" };
  writeFileSync(fileIn(folder), JSON.stringify(note));
}

export function forgetVerification(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
