/** Which lever of `--provoke` made an exposure: one of the environments runs a version that it published, the others are from before its update, or they serve other tenants. */
import { onAxis } from "../../base/clocks.ts";
import type { ProvokedFacts } from "../timeline/driver-timeline.ts";
import type { ObservedEnvironment } from "../timeline/environment.ts";

/** The part of an exposure that matters here. */
interface ExposedEnvironments {
  readonly invocation: { readonly environment: { readonly id: string } };
  readonly others: readonly { readonly id: string }[];
}

/** Null if no lever made it, or if there was no run. */
export function provokedBy(
  history: {
    readonly driver: { readonly provoked: ProvokedFacts } | null;
    readonly environments: Iterable<Pick<ObservedEnvironment, "id" | "version" | "tenantId" | "firstLine">>;
  },
  { invocation, others }: ExposedEnvironments,
): string | null {
  if (history.driver === null) return null;
  const { versions, updatedAt, tenants } = history.driver.provoked;
  if (versions.size === 0 && updatedAt.length === 0 && !tenants) return null;
  const ids = new Set([invocation.environment.id, ...others.map(({ id }) => id)]);
  const environments = [...history.environments].filter(({ id }) => ids.has(id));
  for (const { version } of environments) {
    const lever = version === null ? undefined : versions.get(version);
    if (lever !== undefined) return lever;
  }
  const born = environments.map(({ firstLine }) => firstLine);
  const [first, last] = [Math.min(...born), Math.max(...born)];
  if (updatedAt.some((at) => first < onAxis(at) && onAxis(at) <= last)) return "update";
  const served = environments.flatMap(({ tenantId }) => tenantId ?? []);
  return tenants && new Set(served).size > 1 ? "tenants" : null;
}

/** How many exposures each lever made that was pulled; that can be none. */
export function provokedExposures(
  history: Parameters<typeof provokedBy>[0],
  exposures: readonly ExposedEnvironments[],
): readonly { readonly lever: string; readonly exposures: number }[] {
  const { versions, updatedAt, tenants } = history.driver?.provoked ?? {
    versions: new Map<string, string>(),
    updatedAt: [],
    tenants: false,
  };
  const pulled = [
    ...versions.values(),
    ...(updatedAt.length === 0 ? [] : ["update"]),
    ...(tenants ? ["tenants"] : []),
  ];
  const counts = new Map<string, number>(pulled.map((lever) => [lever, 0]));
  for (const exposure of exposures) {
    const lever = provokedBy(history, exposure);
    if (lever !== null) counts.set(lever, (counts.get(lever) ?? 0) + 1);
  }
  return [...counts].map(([lever, number]) => ({ lever, exposures: number }));
}
