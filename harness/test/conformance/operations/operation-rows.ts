/** The operation tables of docs/fidelity.md, as data. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../src/adapters/node/assets.ts";

/** Served; or a read of something that cannot be set here, which is answered as AWS answers then; or not available. */
export type Becomes = "served" | "never set" | "absent";

export interface OperationRow {
  readonly operation: string;
  readonly becomes: string;
  readonly note: string;
}

/** In the order of their names, whatever the order of the rows is. One row can name several operations. */
export function operationRows(service: "lambda" | "logs"): readonly OperationRow[] {
  const text = readFileSync(join(packageRoot(), "docs", "fidelity.md"), "utf8");
  const [, table = ""] = new RegExp(`<!-- operations: ${service} -->\\n([^]*?)\\n(?!\\|)`).exec(text) ?? [];
  return table
    .split("\n")
    .slice(2)
    .flatMap((line) => {
      const [, names = "", becomes = "", note = ""] = line.split("|").map((cell) => cell.trim());
      return [...names.matchAll(/[A-Za-z0-9]+/g)].map(([operation]) => ({ operation, becomes, note }));
    })
    .toSorted((a, b) => (a.operation < b.operation ? -1 : 1));
}
