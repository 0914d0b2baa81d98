/** `make verify` checks claims about AWS, each a row of docs/verified.md. These are the results of the rows that it checks while it
 * removes what it made. */
import { errorText } from "../../../harness/src/adapters/aws/error-text.ts";
import type { SweptUp } from "../sweep.ts";
import type { Removed } from "./clean-up.ts";
import type { Results } from "./course.ts";
import { deniedActions } from "./denied-actions.ts";
import { confirmed, differs, notReached, type ProbeResult } from "./probe.ts";
import type { RowId } from "./rows.ts";
import type { EverythingSeen } from "./see-everything.ts";
import type { DeploymentFacts } from "./verify-settings.ts";

export const isClean = ({ left, unknown }: SweptUp): boolean => left.length === 0 && unknown.length === 0;

export function sweepSeen({ left, unknown }: SweptUp): ProbeResult {
  if (left.length > 0) return differs(`Still there: ${left.join(", ")}.`);
  return unknown.length > 0
    ? notReached(`Not everything could be looked up: ${unknown.join("; ")}.`)
    : confirmed("Nothing is left.");
}

export function removalRows(
  removed: Removed,
  seen: EverythingSeen,
  { target, tier }: Pick<DeploymentFacts, "target" | "tier">,
): Results {
  const rows = new Map<RowId, ProbeResult>([["sweep", sweepSeen(removed.swept)]]);
  if (tier === "lambda") return rows;
  if (seen.role !== null) rows.set("github-roles", rolesSeen(removed, seen, target));
  if (seen.results.get("whole")?.outcome === "confirmed")
    rows.set("vpc-destroy", destroySeen(removed, target));
  return rows;
}

function rolesSeen(
  { failures }: Removed,
  { results, denied }: EverythingSeen,
  target: DeploymentFacts["target"],
): ProbeResult {
  const all = [...new Set([...denied, ...failures.slice(0, 1).flatMap(deniedActions)])];
  if (all.length > 0) return differs(`The documented policies do not allow: ${all.join(", ")}.`);
  const applied = (["deploy", "whole"] as const).filter((id) => results.get(id)?.outcome === "confirmed");
  if (applied.length < 2 || failures.length > 0)
    return notReached("Nothing was denied, but not everything was deployed and destroyed.");
  return target === "local"
    ? notReached("Deployed and destroyed under the role, but moto allows everything.")
    : confirmed("Deployed, planned again and destroyed with these policies and no others.");
}

function destroySeen({ failures }: Removed, target: DeploymentFacts["target"]): ProbeResult {
  if (failures.length > 0) return differs(`The first attempt failed: ${errorText(failures[0])}`);
  return target === "local"
    ? notReached("The destroy succeeded. But functions have no network interfaces in moto.")
    : confirmed("The destroy succeeded at the first attempt.");
}
