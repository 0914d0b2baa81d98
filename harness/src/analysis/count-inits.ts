/** How the execution environments of a function came to be invoked, and how processes in them ended early: counts of what result.json lists. */
import type { EnvironmentResult, FunctionResult } from "../domain/run-result.ts";
import { quantiles } from "./quantiles.ts";

export function countInits(environments: readonly EnvironmentResult[]): FunctionResult["inits"] {
  const seen = environments.filter(({ initStart }) => initStart !== null);
  const failed = seen.filter(({ initStatus }) => initStatus === "error" || initStatus === "timeout");
  const number = (which: (one: EnvironmentResult) => boolean): number => seen.filter(which).length;
  const waitedFor = number((one) => one.initWaitedFor === true);
  const ahead = number((one) => one.initWaitedFor === false);
  const withoutInvoke = number((one) => one.initWithoutInvoke === true);
  return {
    total: seen.length,
    failed: failed.length,
    waitedFor,
    ahead,
    withoutInvoke,
    unknown: seen.length - failed.length - waitedFor - ahead - withoutInvoke,
    aheadMs: quantiles(seen.filter((one) => one.initWaitedFor === false).map((one) => one.initGapMs)),
  };
}

export function countResets(environments: readonly EnvironmentResult[]): FunctionResult["resets"] {
  const number = (kind: string): number =>
    environments.reduce((sum, { boots }) => sum + boots.filter(({ reset }) => reset === kind).length, 0);
  return { timeouts: number("timeout"), crashes: number("crash"), outOfMemory: number("out-of-memory") };
}
