/**
 * Short names for execution environments: `E2 (…1d2e3f40)` is the second in order of appearance. The last eight characters of its log
 * stream differ within a run and can be searched for.
 */
import type { Listed } from "../../base/listed.ts";
import type { EnvironmentResult } from "../../result/environment-result.ts";
import { shortId, tenantsOf, tenantWords, whatServes } from "../wording/naming.ts";
import { idsInOrder } from "./in-order.ts";

export interface EnvironmentName {
  /** The log stream. */
  readonly id: string;
  /** Such as `E2`. The end of the id if the result does not list the id. */
  readonly short: string;
  /** What a lane has beside the short name: `tenant blue`, else `…1d2e3f40`, or the complete id if it is short. */
  readonly aside: string;
  /** Such as `E2 (…1d2e3f40)`, or `E2 (version 7, tenant blue, …1d2e3f40)` if it runs a published version for a tenant. */
  readonly label: string;
}

export interface EnvironmentNames {
  readonly byId: ReadonlyMap<string, EnvironmentName>;
}

export function environmentNames(environments: Listed<EnvironmentResult>): EnvironmentNames {
  const tenants = tenantsOf(environments);
  const names = idsInOrder(environments).map((id, index) => nameOf(id, `E${index + 1}`, tenants.get(id)));
  return { byId: new Map(names.map((name) => [name.id, name])) };
}

export function environmentName({ byId }: EnvironmentNames, id: string): EnvironmentName {
  return byId.get(id) ?? nameOf(id, null);
}

function nameOf(id: string, short: string | null, tenantId?: string): EnvironmentName {
  const tail = shortId(id);
  const serves = whatServes(id, tenantId);
  const details = serves === null ? tail : `${serves}, ${tail}`;
  return {
    id,
    short: short ?? tail,
    aside: tenantId === undefined ? tail : tenantWords(tenantId),
    label: short === null ? tail : `${short} (${details})`,
  };
}
