/** The size that a local or deployed function has if the user gave none. Terraform's variables have the same values (harness/test/infra). */

/** Processors of functions and tasks, as Lambda names them. */
export const ARCHITECTURES = ["x86_64", "arm64"] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

export const DEFAULT_ARCHITECTURE: Architecture = "x86_64";
export const DEFAULT_MEMORY_MB = 256;
export const DEFAULT_TIMEOUT_SECONDS = 10;
