/** A parked process was started before its environment is needed. It waits here, before it loads any code of the user. */
import { closeSync, readSync } from "node:fs";

const PARKED = "--parked";
const DESCRIPTOR = 4;

export function waitIfParked(): void {
  if (process.argv.at(-1) !== PARKED) return;
  // The end of the input means that the engine has ended.
  if (readSync(DESCRIPTOR, Buffer.alloc(1)) === 0) process.exit(0);
  process.argv.pop();
  closeSync(DESCRIPTOR);
}
