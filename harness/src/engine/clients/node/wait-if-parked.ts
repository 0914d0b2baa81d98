/**
 * A parked process waits here, before anything of the user is loaded, until the engine needs its environment. Its standard input is then
 * what every function has, and no argument is left that another function would not see.
 */
import { closeSync, openSync, readSync } from "node:fs";

/** The last argument of a parked process. */
const PARKED = "--parked";

export function waitIfParked(): void {
  if (process.argv.at(-1) !== PARKED) return;
  // Without a line the engine has ended.
  if (readSync(0, Buffer.alloc(1)) === 0) process.exit(0);
  process.argv.pop();
  closeSync(0);
  // The lowest free descriptor is 0.
  openSync("/dev/null", "r");
}
