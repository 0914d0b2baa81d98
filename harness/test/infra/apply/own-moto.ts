/** Starts moto before the tests of a suite and stops it after them. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopBackground } from "../../../../scripts/infra/background.ts";
import { motoServer } from "../../../../scripts/infra/moto-server.ts";

/** Returns a function that returns moto's address, for tests and for hooks that come later. */
export function ownMoto(): () => string {
  const folder = mkdtempSync(join(tmpdir(), "longrun-moto-"));
  // The record of the moto process (id and address) is written into this folder.
  mkdirSync(join(folder, "services"));
  let endpoint = "";
  before(async () => {
    endpoint = await motoServer(folder);
  });
  after(async () => {
    await stopBackground(join(folder, "services", "moto.json"));
    rmSync(folder, { recursive: true, force: true });
  });
  return () => endpoint;
}
