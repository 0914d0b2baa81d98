import { expect } from "chai";
import type { BudgetedFunction, ConnectionsEach } from "../../src/budget/budgeted-function.ts";
import { rowsOf, type BudgetRow } from "../../src/budget/rows-of.ts";

const FUNCTION: BudgetedFunction = {
  functionName: "orders",
  unclear: null,
  reservedConcurrency: 10,
  provisioned: [],
  snapStartVersions: 0,
  tenants: false,
  managed: null,
};
const KEPT: ConnectionsEach = { count: 3, closed: false, run: null };
const CLOSED: ConnectionsEach = { count: 3, closed: true, run: null };
const UNRESERVED = 900;

type Short = readonly [
  kind: string,
  environments: number | null,
  connections: number | null,
  atLeast: number,
  bound: BudgetRow["bound"],
];

function shortRows(one: Partial<BudgetedFunction>, each: ConnectionsEach | null): readonly Short[] {
  return rowsOf({ ...FUNCTION, ...one }, each, UNRESERVED).map(
    ({ kind, environments, connections, atLeast, bound }) => [
      kind,
      environments,
      connections,
      atLeast,
      bound,
    ],
  );
}

describe("rowsOf", () => {
  const live = { qualifier: "live", environments: 4 };
  const managed = { copies: 16, invocations: 8, versions: [{ version: "1", least: 3, most: 5 }] };
  const cases: readonly [string, Partial<BudgetedFunction>, ConnectionsEach | null, readonly Short[]][] = [
    ["knows no bound of kept connections", {}, KEPT, [["on demand", null, null, 0, "none"]]],
    [
      "bounds closed connections by the reserved concurrency",
      {},
      CLOSED,
      [["invocations", 10, 30, 0, "documented"]],
    ],
    [
      "bounds closed connections by what the account has not reserved, if nothing is reserved",
      { reservedConcurrency: null },
      CLOSED,
      [["invocations", 900, 2700, 0, "documented"]],
    ],
    [
      "counts closed connections only in invocations, also of provisioned environments, tenants and SnapStart",
      { provisioned: [live], tenants: true, snapStartVersions: 2 },
      CLOSED,
      [["invocations", 10, 30, 0, "documented"]],
    ],
    ["never takes unknown connections for one", {}, null, [["all", null, null, 0, "unknown"]]],
    [
      "does not count a function whose server is unknown",
      { unclear: "Nobody knows." },
      CLOSED,
      [["all", null, null, 0, "unknown"]],
    ],
    [
      "counts provisioned environments twice, and those on demand beside them",
      { provisioned: [live] },
      KEPT,
      [
        ["provisioned live", 8, 24, 12, "inferred"],
        ["on demand", null, null, 0, "none"],
      ],
    ],
    [
      "counts none on demand if all of the reserved concurrency is provisioned",
      { provisioned: [live], reservedConcurrency: 4 },
      KEPT,
      [["provisioned live", 8, 24, 12, "inferred"]],
    ],
    [
      "knows no bound of SnapStart's Inits",
      { snapStartVersions: 1 },
      KEPT,
      [
        ["SnapStart's Inits", null, null, 0, "none"],
        ["on demand", null, null, 0, "none"],
      ],
    ],
    [
      "rounds the limit of tenants' environments up, and is not sure of it",
      { tenants: true, reservedConcurrency: 1 },
      KEPT,
      [["tenants", 3, 9, 0, "inferred"]],
    ],
    [
      "is sure of that limit for whole thousands",
      { tenants: true, reservedConcurrency: 2000 },
      KEPT,
      [["tenants", 5000, 15_000, 0, "documented"]],
    ],
    [
      "counts each copy of the code on Managed Instances",
      { managed },
      KEPT,
      [["managed 1", 5, 240, 144, "inferred"]],
    ],
    [
      "counts each invocation on Managed Instances if connections are closed",
      { managed },
      CLOSED,
      [["managed 1", 5, 120, 0, "inferred"]],
    ],
    [
      "knows no bound of Managed Instances without a maximum",
      { managed: { ...managed, versions: [{ version: "1", least: 3, most: null }] } },
      KEPT,
      [["managed 1", null, null, 144, "none"]],
    ],
    [
      "does not guess the copies of the code",
      { managed: { ...managed, copies: null } },
      KEPT,
      [["all", null, null, 0, "unknown"]],
    ],
  ];
  for (const [title, one, each, expected] of cases)
    it(title, () => {
      expect(shortRows(one, each)).to.deep.equal(expected);
    });
});
