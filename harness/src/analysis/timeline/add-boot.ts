/** Adds a boot to an environment. The boot has no lines and no attempts yet. */
import type { EpochMs } from "../../base/time.ts";
import type { ObservedBoot, ObservedEnvironment } from "./environment.ts";

export function addBoot(
  environment: ObservedEnvironment,
  bootId: string | null,
  from: EpochMs,
): ObservedBoot {
  const boot: ObservedBoot = {
    environment,
    number: environment.boots.length + 1,
    bootId,
    from,
    to: null,
    reset: null,
    beside: null,
    bootLine: false,
    lines: 0,
    sequences: null,
    lastNumberedAt: null,
    attempts: [],
    accepted: [],
    initAttempts: [],
    sharedAttempts: [],
    missingLines: false,
    shutdown: null,
  };
  environment.boots.push(boot);
  return boot;
}
