/**
 * The probes of tier `full` in their order, by the id of their row. The harm comes first, because nobody has invoked its function yet; the next
 * two look at the environment that it leaves at the peer. The policies come last, because they look for what was denied to the others.
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

/** Rows that are seen by building, deploying and destroying. */
export const FULL_BY_THE_WAY = [
  "image",
  "whole",
  "github-roles",
  "vpc-destroy",
] as const satisfies readonly RowId[];
