/** The kinds of processes in an environment, and how a process ended. */
export type ProcessRole =
  { readonly role: "runtime" } | { readonly role: "extension"; readonly name: string };

export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
}
