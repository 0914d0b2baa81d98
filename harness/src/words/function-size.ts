/**
 * The default sizes of a function: longrun's own and AWS's. Terraform's variables have the same defaults as longrun; tests in
 * harness/test/infra compare them.
 */

export const ARCHITECTURES = ["x86_64", "arm64"] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

export const DEFAULT_ARCHITECTURE: Architecture = "x86_64";
export const DEFAULT_MEMORY_MB = 256;
export const DEFAULT_TIMEOUT_SECONDS = 10;
/** The longest function time-out without Managed Instances (docs/aws/limits.md). */
export const TIMEOUT_SECONDS_MAX = 1_800;

/** Lambda gives these to a function that is created without its own values. */
export const AWS_DEFAULT_MEMORY_MB = 128;
export const AWS_DEFAULT_TIMEOUT_SECONDS = 3;

/** How many environments a function that isolates tenants may have for each unit of its concurrency (docs/aws/tenants.md#limit). */
export const TENANT_ENVIRONMENTS = 2.5;
