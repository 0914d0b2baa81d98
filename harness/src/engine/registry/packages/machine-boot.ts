/** A text that is another one after each start of this machine; null where the system has none (other systems than Linux). */
import { readFileSync } from "node:fs";

export function machineBoot(): string | null {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return null;
  }
}
