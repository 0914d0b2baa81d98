/**
 * Whether an environment from before the run runs a published version that is none of this run: the run neither invoked nor published it. Such
 * an environment may be gone, because its version or its provisioned concurrency was deleted meanwhile, as the undo of an earlier
 * `soak --provoke` does, and no line says so.
 */
import { onAxis } from "../../base/clocks.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";
import type { ObservedEnvironment } from "../timeline/environment.ts";

/** False without a run. A version that is published during the run is of the run, whoever published it. */
export function isOfOtherVersion(
  history: FunctionHistory,
  { version, firstLine }: Pick<ObservedEnvironment, "version" | "firstLine">,
): boolean {
  const began = onAxis(history.driver?.startedAt);
  if (began === null || firstLine >= began - history.orderToleranceMs) return false;
  return version !== null && /^\d+$/.test(version) && !versionsOfRun(history).has(version);
}

const known = new WeakMap<FunctionHistory, ReadonlySet<string>>();

function versionsOfRun(history: FunctionHistory): ReadonlySet<string> {
  const before = known.get(history);
  if (before !== undefined) return before;
  const { provoked, invocations } = history.driver ?? { provoked: { versions: new Map() }, invocations: [] };
  const versions = new Set<string>(provoked.versions.keys());
  for (const { executedVersion } of invocations) if (executedVersion !== null) versions.add(executedVersion);
  known.set(history, versions);
  return versions;
}
