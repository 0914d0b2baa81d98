/**
 * The probes of tier `full` in the order in which they run, by the id of their row. `harm` comes before all other probes that invoke a function,
 * because it needs a function that was never invoked. `frozen-tcp` and `environment-end` examine the connection of the environment that `harm`
 * initialised. `policies` comes last, because it searches the logs of the functions, peers and runner for denied actions.
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

/** Rows without a probe of their own: the build, the deployment and the removal give their results. */
export const FULL_WITHOUT_PROBE = [
  "image",
  "whole",
  "github-roles",
  "vpc-destroy",
] as const satisfies readonly RowId[];
