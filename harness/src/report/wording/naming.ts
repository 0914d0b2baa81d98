import type { Listed } from "../../base/listed.ts";
import type { EnvironmentResult } from "../../result/environment-result.ts";
import type { JudgedTarget } from "../../words/target.ts";

/**
 * How a sentence writes environments and instants. result.json has plain names (`plainNaming`), a report has numbers and times since the
 * start (view/report-naming.ts).
 */
export interface Naming {
  readonly environment: (id: string) => string;
  /** `time` is ISO 8601. */
  readonly instant: (time: string) => string;
  /** True if existing logs were judged: then the user can read earlier lines (`--since`). A run has no earlier lines. */
  readonly ofLogs: boolean;
}

export function plainNaming(target: JudgedTarget, environments: Listed<EnvironmentResult> = []): Naming {
  let tenants: ReadonlyMap<string, string> | null = null;
  const environment = (id: string): string => {
    tenants ??= tenantsOf(environments);
    const serves = whatServes(id, tenants.get(id));
    return serves === null ? shortId(id) : `${shortId(id)} (${serves})`;
  };
  return { environment, instant: (time) => time, ofLogs: target === "logs" };
}

export function tenantsOf(environments: Listed<EnvironmentResult>): ReadonlyMap<string, string> {
  const tenants = new Map<string, string>();
  for (const { id, tenantId } of environments) if (tenantId !== undefined) tenants.set(id, tenantId);
  return tenants;
}

/** Such as `version 7, tenant blue`. Null for `$LATEST` without a tenant. */
export function whatServes(id: string, tenantId: string | undefined): string | null {
  // A log stream has the version in brackets (docs/aws/logs.md#log-groups-and-streams).
  const version = /\[(\d+)\]/.exec(id)?.[1];
  const parts = [
    ...(version === undefined ? [] : [`version ${version}`]),
    ...(tenantId === undefined ? [] : [tenantWords(tenantId)]),
  ];
  return parts.length === 0 ? null : parts.join(", ");
}

export function tenantWords(tenantId: string): string {
  return `tenant ${tenantId.length <= TENANT_LENGTH_MAX ? tenantId : `${tenantId.slice(0, TENANT_LENGTH_MAX)}…`}`;
}

/** A tenant's id may have 256 characters. */
const TENANT_LENGTH_MAX = 40;

const SHORT_LENGTH = 8;
const WHOLE_LENGTH_MAX = 12;

/** Returns the end of an id, such as `…1d2e3f40`. The last eight characters differ within a run, and can be searched for. */
export function shortId(id: string): string {
  return id.length <= WHOLE_LENGTH_MAX ? id : `…${id.slice(-SHORT_LENGTH)}`;
}
