/** The claims that were never checked on real AWS. docs/verified.md is made from this list. */
import { FULL_ROWS } from "./full-rows.ts";
import { LAMBDA_ROWS } from "./lambda-rows.ts";
import type { Row } from "./row.ts";

export const ROWS = [...LAMBDA_ROWS, ...FULL_ROWS] as const;

export type ListedRow = Row & { readonly id: RowId };
export type RowId = (typeof ROWS)[number]["id"];
