/** Whether the logs have invocations, but no START, END or REPORT line. An export that was filtered for errors has no such lines. */
import type { ObservedEnvironment, ObservedInvocation } from "./environment.ts";

export function startsMissing(environments: readonly ObservedEnvironment[]): boolean {
  let invoked = false;
  for (const { invocations } of environments) {
    for (const invocation of invocations) {
      if (isShownByPlatform(invocation)) return false;
      invoked = true;
    }
  }
  return invoked;
}

export function isShownByPlatform({ start, end }: ObservedInvocation): boolean {
  return start !== null || end !== null;
}
