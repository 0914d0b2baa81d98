/** Counts how Inits ended, whether a caller waited for them, and how processes were reset. */
import type { EnvironmentResult } from "../../result/environment-result.ts";
import type { FunctionResult } from "../../result/function-result.ts";
import { quantiles } from "./quantiles.ts";

export function countInits(environments: Iterable<EnvironmentResult>): FunctionResult["inits"] {
  let [total, failed, waitedFor, withoutInvoke] = [0, 0, 0, 0];
  const ahead: (number | null)[] = [];
  for (const one of environments) {
    if (one.initStart === null) continue;
    total += 1;
    if (one.initStatus === "error" || one.initStatus === "timeout") failed += 1;
    if (one.initWaitedFor === true) waitedFor += 1;
    if (one.initWaitedFor === false) ahead.push(one.initGapMs);
    if (one.initWithoutInvoke === true) withoutInvoke += 1;
  }
  return {
    total,
    failed,
    waitedFor,
    ahead: ahead.length,
    withoutInvoke,
    unknown: total - failed - waitedFor - ahead.length - withoutInvoke,
    aheadMs: quantiles(ahead),
  };
}

export function countResets(environments: Iterable<EnvironmentResult>): FunctionResult["resets"] {
  const counts = { timeouts: 0, crashes: 0, outOfMemory: 0 };
  for (const { boots } of environments)
    for (const { reset } of boots) {
      if (reset === "timeout") counts.timeouts += 1;
      if (reset === "crash") counts.crashes += 1;
      if (reset === "out-of-memory") counts.outOfMemory += 1;
    }
  return counts;
}
