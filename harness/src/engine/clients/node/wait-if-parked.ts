/**
 * A parked process was started before its environment is needed. It waits here, before it loads any code of the user, until the engine
 * writes to its standard input. Then its standard input becomes /dev/null and the argument `--parked` is removed, so that the function sees
 * the same as in a process that was not parked.
 */
import { closeSync, openSync, readSync } from "node:fs";

/** The last argument of a parked process. */
const PARKED = "--parked";

export function waitIfParked(): void {
  if (process.argv.at(-1) !== PARKED) return;
  // The end of the input means that the engine has ended.
  if (readSync(0, Buffer.alloc(1)) === 0) process.exit(0);
  process.argv.pop();
  closeSync(0);
  // This becomes descriptor 0, because a new file gets the lowest free number.
  openSync("/dev/null", "r");
}
