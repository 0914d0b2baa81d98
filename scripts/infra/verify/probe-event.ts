/** What a probe asks the function for, and what the function answers. */
export type ProbeEvent =
  | { readonly ask: "answer" | "crash" | "two lines" | "clocks" }
  | { readonly ask: "wait"; readonly ms: number }
  | { readonly ask: "lease"; readonly key: string };

export interface ProbeAnswer {
  readonly logStream: string;
  readonly value: string | null;
  /** The runtime as AWS_EXECUTION_ENV names it. */
  readonly runtime: string | null;
  /** Null if the lease was written, or if the event did not ask for that; else the table's answer. */
  readonly refusal: string | null;
  /** The environment's clocks, if the event asked for them. */
  readonly clocks?: { readonly epochMs: number; readonly monotonicMs: number } | undefined;
}
