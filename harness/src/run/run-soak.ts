/**
 * The steps of a soak. Everything that was started is ended in every case. Everything that was recorded is kept, except in two cases
 * (`leaveNoRun`): after a failure before the first invocation, and if the first answer shows that the handler cannot be loaded.
 */
import { LongrunError } from "../base/errors.ts";
import { collect } from "./collect.ts";
import { drive } from "./drive.ts";
import { prepare } from "./prepare.ts";
import { provokeFunctions, undoProvoked } from "./provoke-functions.ts";
import { seal, sealAborted } from "./seal.ts";
import type { SoakInput, SoakPorts } from "./soak-input.ts";
import type { SoakEnd } from "./soak-end.ts";
import { Cleanup, type Soak } from "./soak-state.ts";

export async function runSoak(input: SoakInput, ports: SoakPorts): Promise<SoakEnd> {
  const cleanup = new Cleanup();
  cleanup.add(() => ports.judge.close());
  try {
    const soak = await prepared(input, ports, cleanup);
    await drive(soak);
    await undoProvoked(soak);
    if (soak.refused !== null) throw await leaveNoRun(soak.refused, input, ports, cleanup);
    await collect(soak);
    if (ports.stop.abort.aborted) return sealAborted(soak);
    return await seal(soak);
  } finally {
    try {
      await cleanup.run();
    } finally {
      ports.store.close();
    }
  }
}

/** A failure before the first invocation leaves no run and no folder behind. */
async function prepared(input: SoakInput, ports: SoakPorts, cleanup: Cleanup): Promise<Soak> {
  try {
    const soak = await prepare(input, ports, cleanup);
    await provokeFunctions(soak);
    if (ports.stop.drain.aborted)
      throw new LongrunError("interrupted", "Interrupted before the first invocation; there is no run.");
    return soak;
  } catch (error) {
    throw await leaveNoRun(error, input, ports, cleanup);
  }
}

/** Keeps the folder of a resumed run. Returns the error to throw. */
async function leaveNoRun(
  error: unknown,
  input: SoakInput,
  ports: SoakPorts,
  cleanup: Cleanup,
): Promise<unknown> {
  await cleanup.run();
  if (input.resume === null) ports.store.discard();
  return error;
}
