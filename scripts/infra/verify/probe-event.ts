/** What a probe asks the function for, and what the function answers. */
export type ProbeEvent =
  { readonly ask: "answer" | "crash" | "two lines" } | { readonly ask: "wait"; readonly ms: number };

export interface ProbeAnswer {
  readonly logStream: string;
  /** The variable PROBE_VALUE of the function. */
  readonly value: string | null;
}
