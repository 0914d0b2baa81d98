/** Adds up the connections of all functions that share a server, and says whether the server is certain to have room for them. */
import type { BudgetedFunction, ConnectionsEach } from "./budgeted-function.ts";
import { invocationsAtOnce, rowsOf, type BudgetRow } from "./rows-of.ts";

export interface BudgetedServer {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** The connections that the server has for these functions. */
  readonly limit: number;
}

export interface Budget {
  readonly server: BudgetedServer;
  readonly verdict: "guaranteed" | "not-guaranteed";
  /** The connections that can exist. Null if they have no bound, or if it is unknown. */
  readonly connections: number | null;
  /** The connections that exist before any invocation. */
  readonly atLeast: number;
  readonly rows: readonly BudgetRow[];
  readonly reasons: readonly BudgetReason[];
  /** The sum if every function closed its connections before it returned. Null if that is unknown. */
  readonly ifClosed: number | null;
}

export interface BudgetReason {
  /** `unknown` and `inferred` leave open whether the server has room. */
  readonly code: "no-bound" | "above-limit" | "inferred" | "unknown";
  readonly text: string;
  readonly remedy: string | null;
}

export interface BudgetEntry {
  readonly one: BudgetedFunction;
  readonly each: ConnectionsEach | null;
}

export function addUp(server: BudgetedServer, entries: readonly BudgetEntry[], unreserved: number): Budget {
  const rows = entries.flatMap(({ one, each }) => rowsOf(one, each, unreserved));
  const known = rows.reduce((sum, row) => sum + (row.connections ?? row.atLeast), 0);
  const reasons = [...aboveLimit(known, rows, server), ...rows.flatMap(reasonOf)];
  return {
    server,
    verdict: reasons.length === 0 ? "guaranteed" : "not-guaranteed",
    connections: rows.every(({ connections }) => connections !== null) ? known : null,
    atLeast: rows.reduce((sum, row) => sum + row.atLeast, 0),
    rows,
    reasons,
    ifClosed: closedSum(entries, unreserved),
  };
}

function aboveLimit(
  known: number,
  rows: readonly BudgetRow[],
  { limit, name }: BudgetedServer,
): readonly BudgetReason[] {
  if (known <= limit) return [];
  const all = rows.every(({ connections }) => connections !== null);
  return [
    {
      code: "above-limit",
      text: `${all ? "" : "At least "}${known} connections can exist, and ${name} has ${limit}.`,
      remedy: `Take away ${known - limit}: less reserved or provisioned concurrency, or fewer connections in each environment.`,
    },
  ];
}

function reasonOf({ bound, functionName, kind, remedy, why }: BudgetRow): readonly BudgetReason[] {
  const of = `${functionName} (${kind})`;
  if (bound === "documented") return [];
  if (bound === "none")
    return [{ code: "no-bound", text: `${of}: AWS documents no bound of its environments.`, remedy }];
  if (bound === "inferred")
    return [{ code: "inferred", text: `${of}: AWS documents no such bound; it is inferred.`, remedy }];
  return [{ code: "unknown", text: `${functionName}: ${why}`, remedy }];
}

function closedSum(entries: readonly BudgetEntry[], unreserved: number): number | null {
  let sum = 0;
  for (const { one, each } of entries) {
    if (each === null || one.unclear !== null || one.managed !== null) return null;
    sum += invocationsAtOnce(one, unreserved) * each.count;
  }
  return sum;
}
