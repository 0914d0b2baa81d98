/** What fits. docs/judgement.md has the same sentences in the same order. */
import type { Clause } from "./clause.ts";
import { clientClauses } from "./client-clauses.ts";
import { evictionClauses } from "./eviction-clauses.ts";
import { lineClauses } from "./line-clauses.ts";
import { placeClauses } from "./place-clauses.ts";
import { sightClauses } from "./sight-clauses.ts";

export const ALL_CLAUSES: readonly Clause[] = [
  ...lineClauses,
  ...clientClauses,
  ...placeClauses,
  ...evictionClauses,
  ...sightClauses,
];
