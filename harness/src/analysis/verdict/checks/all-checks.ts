/** All checks, in the order of the report. */
import type { Check } from "./check.ts";
import { environmentsReplaced, initsRepeated, processesReset } from "./boots-replaced.ts";
import { capacityKept } from "./capacity-kept.ts";
import { clocksAgree } from "./clocks-agree.ts";
import { connectionHeldAcrossFreeze } from "./connection-held-across-freeze.ts";
import { connectionOpenAtShutdown } from "./connection-open-at-shutdown.ts";
import { connectionOpenedInInit } from "./connection-opened-in-init.ts";
import { connectionsTakenOver } from "./connections-taken-over.ts";
import { environmentsOverlap } from "./environments-overlap.ts";
import { initWithoutInvoke } from "./init-without-invoke.ts";
import { invocationsAccounted } from "./invocations-accounted.ts";
import { linesReadable } from "./lines-readable.ts";
import { metricsAgree } from "./metrics-agree.ts";
import { outcomesKnown } from "./outcomes-known.ts";
import { peakWithinCapacity } from "./peak-within-capacity.ts";
import { peerReachable } from "./peer-reachable.ts";
import { reservedConcurrencyKept } from "./reserved-concurrency-kept.ts";
import { serverCloseAwaited } from "./server-close-awaited.ts";
import { streamsComplete } from "./streams-complete.ts";

export const ALL_CHECKS: readonly Check[] = [
  peerReachable,
  environmentsOverlap,
  initWithoutInvoke,
  environmentsReplaced,
  processesReset,
  initsRepeated,
  connectionsTakenOver,
  connectionOpenedInInit,
  connectionHeldAcrossFreeze,
  connectionOpenAtShutdown,
  serverCloseAwaited,
  peakWithinCapacity,
  invocationsAccounted,
  outcomesKnown,
  metricsAgree,
  streamsComplete,
  reservedConcurrencyKept,
  capacityKept,
  clocksAgree,
  linesReadable,
];

const BY_NAME: ReadonlyMap<string, Check> = new Map(ALL_CHECKS.map((check) => [check.name, check]));

/** Returns the check of a finding. Undefined if it is of an older version. */
export function checkNamed(name: string): Check | undefined {
  return BY_NAME.get(name);
}
