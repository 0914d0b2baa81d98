/** `manifest.json`: what a run had to do, with which version and on which machine, and how far it came. */
import type { GivenCapacity, KeptConnections } from "./capacity.ts";
import type { RunTarget } from "./target.ts";
import type { Verdict } from "./verdict.ts";

type Expectation = Verdict;

/** One of several peers of a function. */
export interface NamedPeer {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** How many connections the peer serves at one time, and whether the user gave this number. */
  readonly capacity: GivenCapacity;
  readonly capacityGiven: boolean;
}

interface ManifestFunction {
  /** The label: `functions[].name` in the result and the key of `--expect`. */
  readonly name: string;
  /** The name or ARN that is given to the Lambda API. */
  readonly functionName: string;
  readonly expected: Expectation | null;
  /** In `local` runs, the design or file from which the code came. Null if the function existed before the run. */
  readonly code: string | null;
  readonly codeSha256: string | null;
  /** In `local` runs, the runtime that was chosen for the code. Absent in manifests of older versions. */
  readonly runtime?: string | null;
  readonly handler?: string | null;
  /** The program on this machine that ran the function, such as `Python 3.12.4`. Null if its package contains the program. */
  readonly ranOn?: string | null;
  /** A sentence about the program's release, if it differs from the runtime's. */
  readonly notice?: string | null;
  /** Absent if the function has at most one peer. */
  readonly peers?: readonly NamedPeer[];
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
  /** How environments are isolated: `namespaces` or `none`. Null on AWS. */
  readonly isolation: string | null;
  readonly node: string;
  readonly platform: string;
  readonly functions: readonly ManifestFunction[];
  readonly profile: ResolvedProfile;
  /** The settings from which `soak --resume` starts, without the values of the user's environment variables. Nothing else reads them. */
  readonly settings?: Readonly<Record<string, unknown>> | null;
}

/** Every setting after profile file, flags and defaults were merged. Durations in milliseconds. */
export interface ResolvedProfile {
  readonly durationMs: number;
  readonly intervalMs: number;
  /** The name of the platform profile, or the content of its file. Null on AWS. */
  readonly platform: string | null;
  readonly seed: number | null;
  readonly admission: string | null;
  readonly peerIdleTimeoutMs: number | null;
  /**
   * The most invocations of a function that are in flight at one time. Absent in manifests of older versions, whose runs had one invocation
   * in flight.
   */
  readonly reservedConcurrency?: number;
  /** How many connections the peer serves at one time. Absent in manifests of older versions, in which every peer had one place. */
  readonly capacity?: GivenCapacity;
  /** True if the user gave this number, or if the peer is our own. */
  readonly capacityGiven?: boolean;
  /** Absent in manifests of older versions. */
  readonly keptConnections?: KeptConnections;
  /** The names of other clients of the peer (`--stranger`). Absent if the user gave none. */
  readonly strangers?: readonly string[];
  readonly settleMs: number;
  readonly clockToleranceMs: number;
  readonly idleLifeMs: number;
  readonly thresholds: readonly string[];
  readonly event: unknown;
  readonly success: string | null;
  readonly stopOn: "harm" | null;
}
