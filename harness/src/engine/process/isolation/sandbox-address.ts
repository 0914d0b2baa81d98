/**
 * The address behind `sandbox.localdomain`, the name under which extensions listen for telemetry. With namespaces the name has a different
 * loopback address in each environment, so that two environments may listen on the same port. Without namespaces the name is unknown, and
 * the engine posts to 127.0.0.1.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { pid } from "node:process";

const NAMES = "sandbox.localdomain sandbox";

let taken = 0;

/**
 * Returns another address at each call; after 65,024 calls they repeat. Another engine is unlikely to use the same addresses, because their
 * second byte depends on the engine's process id.
 */
export function nextSandboxAddress(): string {
  taken = (taken + 1) % 65_024;
  return `127.${1 + (pid % 253)}.${Math.floor(taken / 254) % 256}.${1 + (taken % 254)}`;
}

export interface HostName {
  readonly name: string;
  readonly address: string;
}

/** Writes an environment's /etc/hosts. A link's name replaces the machine's own entries. Returns null if the machine has no /etc/hosts. */
export function writeHosts(file: string, sandboxAddress: string, links: readonly HostName[]): string | null {
  try {
    const own = readFileSync("/etc/hosts", "utf8").replace(/(?<!\n)\n*$/, "\n");
    writeFileSync(file, hostsText(own, sandboxAddress, links));
    return file;
  } catch {
    return null;
  }
}

export function hostsText(own: string, sandboxAddress: string, links: readonly HostName[]): string {
  const names = links.map(({ name, address }) => `${address} ${name}\n`).join("");
  const others = links.reduce((text, { name }) => withoutName(text, name), own);
  return `${names}${others}${sandboxAddress} ${NAMES}\n`;
}

function withoutName(hosts: string, name: string): string {
  const unwanted = name.toLowerCase();
  return hosts
    .split("\n")
    .map((line) => {
      const [entry = ""] = line.split("#");
      const [address = "", ...names] = entry.trim().split(/\s+/);
      if (!names.some((one) => one.toLowerCase() === unwanted)) return line;
      const others = names.filter((one) => one.toLowerCase() !== unwanted);
      return others.length === 0 ? "" : [address, ...others].join(" ");
    })
    .join("\n");
}
