/** `manifest.json`: a run's settings, version, machine and progress. */
import type { GivenCapacity, KeptConnections } from "./capacity.ts";
import type { RunTarget } from "./target.ts";
import type { Verdict } from "./verdict.ts";

type Expectation = Verdict;

export interface NamedPeer {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly capacity: GivenCapacity;
  readonly capacityGiven: boolean;
}

interface ManifestFunction {
  /** `functions[].name` in the result, and the key of `--expect`. */
  readonly name: string;
  /** The name or ARN that is given to the Lambda API. */
  readonly functionName: string;
  readonly expected: Expectation | null;
  /** In `local` runs, the design or file with the code. Null if the function existed before the run. */
  readonly code: string | null;
  readonly codeSha256: string | null;
  /** In `local` runs, the runtime that was chosen for the code. Absent in manifests of older versions. */
  readonly runtime?: string | null;
  readonly handler?: string | null;
  /** The program on this machine that ran the function, such as `Python 3.12.4`. Null if the package contains the program. */
  readonly ranOn?: string | null;
  readonly notice?: string | null;
  /** Absent if the function has at most one peer. */
  readonly peers?: readonly NamedPeer[];
}

export const RUN_STATUSES = ["running", "ended", "interrupted", "aborted"] as const;

export interface Manifest {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: "lambda-longrun"; readonly version: string };
  readonly status: (typeof RUN_STATUSES)[number];
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly target: RunTarget;
  readonly endpoint: string | null;
  readonly region: string | null;
  /** Null on AWS. */
  readonly isolation: string | null;
  readonly node: string;
  readonly platform: string;
  readonly functions: readonly ManifestFunction[];
  readonly profile: ResolvedProfile;
  /** The other settings for `soak --resume`, without the values of the user's environment variables. */
  readonly settings?: Readonly<Record<string, unknown>> | null;
}

/** The settings after profile file, flags and defaults were merged. */
export interface ResolvedProfile {
  readonly durationMs: number;
  readonly intervalMs: number;
  /** The name of the platform profile, or the content of its file. Null on AWS. */
  readonly platform: string | null;
  readonly seed: number | null;
  readonly admission: string | null;
  readonly peerIdleTimeoutMs: number | null;
  /** The most invocations in flight at one time. Absent in manifests of older versions, which had one in flight. */
  readonly reservedConcurrency?: number;
  /** Connections that the peer serves at one time. Absent in manifests of older versions, in which every peer had one place. */
  readonly capacity?: GivenCapacity;
  /** True if the user gave the capacity, or if the peer is our own. */
  readonly capacityGiven?: boolean;
  /** Absent in manifests of older versions. */
  readonly keptConnections?: KeptConnections;
  /** Other clients of the peer (`--stranger`). */
  readonly strangers?: readonly string[];
  readonly settleMs: number;
  readonly clockToleranceMs: number;
  readonly idleLifeMs: number;
  readonly thresholds: readonly string[];
  readonly event: unknown;
  readonly success: string | null;
  readonly stopOn: "harm" | null;
}
