/**
 * The address behind `sandbox.localdomain`, the name under which extensions listen for telemetry. With namespaces each environment has a
 * loopback address of its own for the name, so that two environments may listen on the same port. Without namespaces the name is unknown,
 * and the engine posts to 127.0.0.1.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { pid } from "node:process";

const NAMES = "sandbox.localdomain sandbox";

let taken = 0;

/** Returns a different address for every environment of this process; environments of other engines most likely have others. */
export function nextSandboxAddress(): string {
  taken = (taken + 1) % 65_024;
  return `127.${1 + (pid % 253)}.${Math.floor(taken / 254) % 256}.${1 + (taken % 254)}`;
}

/** Writes an environment's /etc/hosts: the machine's own, with the name added. Returns null if the machine has no such file to cover. */
export function writeHosts(file: string, address: string): string | null {
  try {
    const own = readFileSync("/etc/hosts", "utf8").replace(/\n*$/, "\n");
    writeFileSync(file, `${own}${address} ${NAMES}\n`);
    return file;
  } catch {
    return null;
  }
}
