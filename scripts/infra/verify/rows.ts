/**
 * What was never run against real AWS, one row for each claim, with the probe that would show it and the result that is expected.
 * docs/verified.md is made from this list. Pure data.
 */
import { FULL_ROWS } from "./full-rows.ts";
import { LAMBDA_ROWS } from "./lambda-rows.ts";
import type { Row } from "./row.ts";

export const ROWS = [...LAMBDA_ROWS, ...FULL_ROWS] as const;

export type ListedRow = Row & { readonly id: RowId };
export type RowId = (typeof ROWS)[number]["id"];
