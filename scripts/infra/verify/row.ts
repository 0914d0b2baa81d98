/** One claim that was never checked on real AWS, and what would show it. */

/** What must be deployed: only functions with their logs and roles (`lambda`), or also networks, tasks and images (`full`). */
export const TIERS = ["lambda", "full"] as const;
export type Tier = (typeof TIERS)[number];

export interface Row {
  readonly id: string;
  readonly what: string;
  /** How far the claim was checked without an account. */
  readonly checked: string;
  /** What could differ on AWS. */
  readonly risk: string;
  readonly tier: Tier;
  readonly probe: string;
  readonly expected: string;
  /** Why `make verify` cannot check this claim; absent if it can. */
  readonly unseen?: string;
}
