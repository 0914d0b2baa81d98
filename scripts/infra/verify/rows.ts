/**
 * One row for each claim that was never checked on real AWS, with the probe that would check it and the expected result.
 * docs/verified.md is made from this list. Pure data.
 */
import { FULL_ROWS } from "./full-rows.ts";
import { LAMBDA_ROWS } from "./lambda-rows.ts";
import type { Row } from "./row.ts";

export const ROWS = [...LAMBDA_ROWS, ...FULL_ROWS] as const;

export type ListedRow = Row & { readonly id: RowId };
export type RowId = (typeof ROWS)[number]["id"];
