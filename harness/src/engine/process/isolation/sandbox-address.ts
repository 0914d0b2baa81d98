/**
 * What `sandbox.localdomain` is for an environment: the name under which extensions listen for telemetry. With namespaces each environment
 * has a loopback address of its own behind the name, so that two of them may listen on one port; without, the name is unknown and the
 * engine posts to 127.0.0.1.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { pid } from "node:process";

const NAMES = "sandbox.localdomain sandbox";

let taken = 0;

/** A different one for every environment of this process, and most likely for those of other engines. */
export function nextSandboxAddress(): string {
  taken = (taken + 1) % 65_024;
  return `127.${1 + (pid % 253)}.${Math.floor(taken / 254) % 256}.${1 + (taken % 254)}`;
}

/** Writes an environment's /etc/hosts, the machine's with the name; null where the machine has none to put it over. */
export function writeHosts(file: string, address: string): string | null {
  try {
    const own = readFileSync("/etc/hosts", "utf8").replace(/\n*$/, "\n");
    writeFileSync(file, `${own}${address} ${NAMES}\n`);
    return file;
  } catch {
    return null;
  }
}
