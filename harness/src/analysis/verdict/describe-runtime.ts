/** Describes the runtime of a function, by the name from Lambda, else from the run's manifest, else from the log. */
import type { Manifest } from "../../record/manifest.ts";
import type { FunctionResult } from "../../result/function-result.ts";
import { familyOfVersionText, findRuntime } from "../../catalogue/runtimes/all-runtimes.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

/** Empty if no source names the runtime. If the log has several version texts, for example after an update by AWS, the last one counts. */
export function describeRuntime(
  { name: label, driver, environments }: FunctionHistory,
  manifest: Manifest | null,
): Pick<FunctionResult, "runtime"> {
  const chosen = manifest?.functions.find((one) => one.name === label);
  const version = environments.findLast(({ runtime }) => runtime?.version != null)?.runtime?.version ?? null;
  const name = driver?.runtime ?? chosen?.runtime ?? version;
  if (name === null) return {};
  const family = findRuntime(name)?.family ?? familyOfVersionText(name);
  const notice = chosen?.notice ?? null;
  return {
    runtime: {
      name,
      family: family?.name ?? null,
      ranOn: chosen?.ranOn ?? null,
      ...(notice === null ? {} : { notice }),
    },
  };
}
