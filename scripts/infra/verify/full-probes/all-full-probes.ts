/**
 * Probes in the order in which they run. `harm` needs a function that was never invoked, so it comes before other probes that invoke one.
 * `frozen-tcp` and `environment-end` examine the connection of the environment that `harm` initialised. `policies` searches all logs, so it
 * comes last.
 */
import type { FullProbe } from "../full-probe.ts";
import type { RowId } from "../rows.ts";
import { cloudMap } from "./cloud-map.ts";
import { environmentEnd } from "./environment-end.ts";
import { frozenTcp } from "./frozen-tcp.ts";
import { harm } from "./harm.ts";
import { managedPeer } from "./managed-peer.ts";
import { policies } from "./policies.ts";
import { reachability } from "./reachability.ts";
import { runner } from "./runner.ts";
import { zones } from "./zones.ts";

export const FULL_PROBES: ReadonlyMap<RowId, FullProbe> = new Map<RowId, FullProbe>([
  ["zones", zones],
  ["reachability", reachability],
  ["harm", harm],
  ["frozen-tcp", frozenTcp],
  ["environment-end", environmentEnd],
  ["managed-peer", managedPeer],
  ["cloud-map", cloudMap],
  ["runner", runner],
  ["policies", policies],
]);

/** The build, the deployment and the removal give the results of these rows. */
export const FULL_WITHOUT_PROBE = [
  "image",
  "whole",
  "github-roles",
  "vpc-destroy",
] as const satisfies readonly RowId[];
