/**
 * Counts the connections that one function can have open: a row for each kind of environment. A number is only a bound if AWS documents it
 * (docs/budget.md#where-each-number-comes-from).
 */
import type { BudgetedFunction, ConnectionsEach, ManagedEnvironments } from "./budgeted-function.ts";

/** What the number of a row rests on. `none`: AWS documents no bound. `unknown`: something is missing that could be known. */
export type BudgetBound = "documented" | "inferred" | "none" | "unknown";

export interface BudgetRow {
  readonly functionName: string;
  readonly kind: string;
  /** Null if it has no bound or is unknown. */
  readonly environments: number | null;
  readonly each: number | null;
  /** The run that shows `each`. Null if the user gave it, or if it is unknown. */
  readonly run: string | null;
  /** Null if it has no bound or is unknown. */
  readonly connections: number | null;
  /** The connections that exist before any invocation. */
  readonly atLeast: number;
  readonly bound: BudgetBound;
  readonly why: string;
  /** What would give this row a documented bound. Null if it has one, or if nothing is known that would. */
  readonly remedy: string | null;
}

/** Tenant isolation: 2500 environments, active or idle, for each 1000 concurrent executions (docs/aws/function-api.md#kinds-of-functions). */
const TENANTS = { environments: 2_500, executions: 1_000 };

/** `unreserved` is the concurrency of the account that no function has reserved. */
export function rowsOf(
  one: BudgetedFunction,
  each: ConnectionsEach | null,
  unreserved: number,
): readonly BudgetRow[] {
  if (one.unclear !== null)
    return [
      unknownRow(one, each, {
        why: one.unclear,
        remedy: `Choose the functions with --function, with or without ${one.functionName}.`,
      }),
    ];
  if (each === null)
    return [
      unknownRow(one, each, {
        why: "How many connections one environment has is unknown.",
        remedy: `Give --connections ${one.functionName}=N, or a run that shows it: --run RUN.`,
      }),
    ];
  if (one.managed !== null) return managedRows(one, one.managed, each);
  return each.closed
    ? [invocations(one, each, unreserved)]
    : [...provisioned(one, each), ...snapshots(one, each), ...onDemand(one, each, unreserved)];
}

/** The most invocations of the function that can run at one time. */
export function invocationsAtOnce(one: BudgetedFunction, unreserved: number): number {
  return one.reservedConcurrency ?? unreserved;
}

function invocations(one: BudgetedFunction, each: ConnectionsEach, unreserved: number): BudgetRow {
  const atOnce = invocationsAtOnce(one, unreserved);
  const limit =
    one.reservedConcurrency === null
      ? `Nothing is reserved: the unreserved concurrency of the account, ${atOnce}, limits the invocations`
      : `Reserved concurrency ${atOnce} limits the invocations`;
  return counted(one, each, {
    kind: "invocations",
    environments: atOnce,
    atLeast: 0,
    bound: "documented",
    why: `${limit} that run at one time; a connection exists only inside one.`,
    remedy: null,
  });
}

function provisioned(one: BudgetedFunction, each: ConnectionsEach): readonly BudgetRow[] {
  const all = isAllProvisioned(one)
    ? " All of the reserved concurrency is provisioned, so no invocation needs another environment (inferred)."
    : "";
  return one.provisioned.map(({ qualifier, environments }) =>
    counted(one, each, {
      kind: `provisioned ${qualifier}`,
      environments: 2 * environments,
      atLeast: environments * each.count,
      bound: "inferred",
      why: `${environments} are provisioned. While Lambda renews them, and during a deployment, old and new ones exist: twice as many (inferred).${all}`,
      remedy: closeAdvice(one, each),
    }),
  );
}

function snapshots(one: BudgetedFunction, each: ConnectionsEach): readonly BudgetRow[] {
  if (one.snapStartVersions === 0) return [];
  return [
    {
      ...unbounded(one, each, "SnapStart's Inits"),
      why: `${one.snapStartVersions} published version${one.snapStartVersions === 1 ? " has" : "s have"} SnapStart. Lambda initialises each at publication, and again at its own updates; how often, how many at one time, and what becomes of their connections is unknown.`,
    },
  ];
}

function onDemand(one: BudgetedFunction, each: ConnectionsEach, unreserved: number): readonly BudgetRow[] {
  if (one.tenants) return [tenants(one, each, unreserved)];
  if (isAllProvisioned(one)) return [];
  const limit =
    one.reservedConcurrency === null
      ? "Nothing is reserved, and reserved concurrency would limit invocations, not environments."
      : `Reserved concurrency ${one.reservedConcurrency} limits invocations, not environments.`;
  return [
    {
      ...unbounded(one, each, "on demand"),
      why: `${limit} Each environment keeps its connections between invocations: also one initialised ahead of need, and one from before an update, which may stay for up to 14 hours.`,
    },
  ];
}

function tenants(one: BudgetedFunction, each: ConnectionsEach, unreserved: number): BudgetRow {
  const atOnce = invocationsAtOnce(one, unreserved);
  const whole = atOnce % TENANTS.executions === 0;
  return counted(one, each, {
    kind: "tenants",
    environments: Math.ceil((atOnce * TENANTS.environments) / TENANTS.executions),
    atLeast: 0,
    bound: whole ? "documented" : "inferred",
    why: `Each tenant has its own environments: ${TENANTS.environments}, active or idle, for each ${TENANTS.executions} concurrent executions${whole ? "" : ` (what that is for ${atOnce} is inferred)`}.`,
    remedy: whole ? null : closeAdvice(one, each),
  });
}

function managedRows(
  one: BudgetedFunction,
  managed: ManagedEnvironments,
  each: ConnectionsEach,
): readonly BudgetRow[] {
  const factor = each.closed ? managed.invocations : managed.copies;
  const per = each.closed ? "invocations at one time" : "copies of the code";
  if (factor === null)
    return [
      unknownRow(one, each, {
        why: `On Managed Instances one environment has several ${per}; how many is unknown.`,
        remedy: `Set PerExecutionEnvironmentMaxConcurrency of ${one.functionName}.`,
      }),
    ];
  const inEach = { ...each, count: factor * each.count };
  return managed.versions.map(({ version, least, most }) => {
    const row = {
      kind: `managed ${version}`,
      atLeast: each.closed ? 0 : least * inEach.count,
      why: `Managed Instances: ${least} environments before any invocation, ${most === null ? "and no maximum is set" : `at most ${most}`}; ${factor} ${per} × ${each.count} in each. Whether a maximum holds while environments are replaced is unknown, and a timed-out invocation goes on.`,
    };
    return most === null
      ? {
          ...unbounded(one, inEach, row.kind),
          ...row,
          remedy: `Set MaxExecutionEnvironments of version ${version}.`,
        }
      : counted(one, inEach, { ...row, environments: most, bound: "inferred", remedy: null });
  });
}

/** Recorded: then `$LATEST` is throttled (docs/aws/concurrency.md#provisioned-concurrency). */
function isAllProvisioned({ provisioned, reservedConcurrency }: BudgetedFunction): boolean {
  const sum = provisioned.reduce((all, { environments }) => all + environments, 0);
  return sum > 0 && sum === reservedConcurrency;
}

function closeAdvice({ reservedConcurrency }: BudgetedFunction, { count }: ConnectionsEach): string {
  const close =
    "Open the connection inside the invocation and close it before the handler returns (docs/fix.md)";
  return reservedConcurrency === null
    ? `${close}, and reserve concurrency N: then at most N × ${count} can exist.`
    : `${close}: then at most ${reservedConcurrency} × ${count} = ${reservedConcurrency * count} can exist.`;
}

function counted(
  { functionName }: BudgetedFunction,
  { count, run }: ConnectionsEach,
  row: Omit<BudgetRow, "functionName" | "each" | "run" | "connections"> & { readonly environments: number },
): BudgetRow {
  return { functionName, each: count, run, connections: row.environments * count, ...row };
}

function unbounded(one: BudgetedFunction, each: ConnectionsEach, kind: string): Omit<BudgetRow, "why"> {
  return {
    functionName: one.functionName,
    kind,
    environments: null,
    each: each.count,
    run: each.run,
    connections: null,
    atLeast: 0,
    bound: "none",
    remedy: closeAdvice(one, each),
  };
}

function unknownRow(
  { functionName }: BudgetedFunction,
  each: ConnectionsEach | null,
  told: Pick<BudgetRow, "why" | "remedy">,
): BudgetRow {
  return {
    functionName,
    kind: "all",
    environments: null,
    each: each?.count ?? null,
    run: each?.run ?? null,
    connections: null,
    atLeast: 0,
    bound: "unknown",
    ...told,
  };
}
