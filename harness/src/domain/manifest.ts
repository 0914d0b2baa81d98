/** `manifest.json`: what a run was asked to do, with which version and on which machine, and how far it came. */
import type { RunTarget } from "./target.ts";
import type { Verdict } from "./verdict.ts";

type Expectation = Verdict;

interface ManifestFunction {
  /** The label: `functions[].name` in the result and the key of `--expect`. */
  readonly name: string;
  /** Name or ARN as given to the Lambda API. */
  readonly functionName: string;
  readonly expected: Expectation | null;
  /** `local` runs: the design or file the code came from; null where the function existed before. */
  readonly code: string | null;
  readonly codeSha256: string | null;
  /** `local` runs: what was chosen for the code; absent in manifests of older versions. */
  readonly runtime?: string | null;
  readonly handler?: string | null;
}

export interface Manifest {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: "lambda-longrun"; readonly version: string };
  readonly status: "running" | "ended" | "interrupted" | "aborted";
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly target: RunTarget;
  readonly endpoint: string | null;
  readonly region: string | null;
  /** What isolates environments: `namespaces` or `none`; null on AWS. */
  readonly isolation: string | null;
  readonly node: string;
  readonly platform: string;
  readonly functions: readonly ManifestFunction[];
  readonly profile: ResolvedProfile;
  /** What `soak --resume` starts from; values of the user's environment variables are left out. Nothing else reads it. */
  readonly settings?: Readonly<Record<string, unknown>> | null;
}

/** Every setting after profile file, flags and defaults were merged. Durations in milliseconds. */
export interface ResolvedProfile {
  readonly durationMs: number;
  readonly intervalMs: number;
  /** Platform profile by name, or the content of a file; null on AWS. */
  readonly platform: string | null;
  readonly seed: number | null;
  readonly admission: string | null;
  readonly peerIdleTimeoutMs: number | null;
  readonly settleMs: number;
  readonly clockToleranceMs: number;
  readonly idleLifeMs: number;
  readonly thresholds: readonly string[];
  readonly event: unknown;
  readonly success: string | null;
  readonly stopOn: "harm" | null;
}
