/** The default size of a function. Terraform's variables have the same values (harness/test/infra). */

export const ARCHITECTURES = ["x86_64", "arm64"] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

export const DEFAULT_ARCHITECTURE: Architecture = "x86_64";
export const DEFAULT_MEMORY_MB = 256;
export const DEFAULT_TIMEOUT_SECONDS = 10;
