/** Reads the operation tables of docs/fidelity.md. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../src/adapters/node/assets.ts";

/**
 * What the engine does with an operation. `never set`: a read of a setting that the engine does not support, answered as AWS answers when
 * the setting was never made. `absent`: the engine does not serve the operation.
 */
export type Treatment = "served" | "never set" | "absent";

export interface OperationRow {
  readonly operation: string;
  readonly treatment: string;
  readonly note: string;
}

/** Returns the operations of a table, sorted by name. One row of the table can name several operations. */
export function operationRows(service: "lambda" | "logs"): readonly OperationRow[] {
  const text = readFileSync(join(packageRoot(), "docs", "fidelity.md"), "utf8");
  const [, table = ""] = new RegExp(`<!-- operations: ${service} -->\\n([^]*?)\\n(?!\\|)`).exec(text) ?? [];
  return table
    .split("\n")
    .slice(2)
    .flatMap((line) => {
      const [, names = "", treatment = "", note = ""] = line.split("|").map((cell) => cell.trim());
      return [...names.matchAll(/[A-Za-z0-9]+/g)].map(([operation]) => ({ operation, treatment, note }));
    })
    .toSorted((a, b) => (a.operation < b.operation ? -1 : 1));
}
