/** A soak's settings after flags, profile file and defaults were merged: nothing deeper reads a flag. */
import type { Verdict } from "../domain/verdict.ts";
import type { DurationMs } from "../units/time.ts";
import type { FunctionChoice } from "./function-choice.ts";
import type { HostPort, KeyValue, LinkVariables } from "./value-parsers.ts";

export interface PeerLogSetting {
  readonly label: string;
  readonly logGroup: string;
  /** Where the function reaches it, where Terraform's outputs say so. */
  readonly address: HostPort | null;
}

export interface SoakSettings {
  readonly target: "local" | "aws";
  readonly endpoint: string | null;
  readonly region: string;
  readonly functions: readonly FunctionChoice[];
  readonly duration: DurationMs;
  readonly interval: DurationMs;
  /** Name or file of the platform profile; null on AWS, which follows nobody's plan. */
  readonly platform: string | null;
  /** Null: to be drawn. */
  readonly seed: number | null;
  /** JSON or a file with JSON. */
  readonly event: string;
  readonly success: string | null;
  /** The user's own machine; null: a peer of ours for each function. */
  readonly peer: HostPort | null;
  /** Where the logs of managed peers lie; a function without an entry has a peer whose log is somebody else's. */
  readonly peerLogs: readonly PeerLogSetting[];
  readonly admission: "refuse" | "backlog" | "evict";
  readonly peerIdleTimeout: DurationMs;
  readonly link: LinkVariables;
  readonly handler: string | null;
  readonly runtime: string;
  /** Of an engine that the run starts itself. */
  readonly runtimeClient: "bootstrap" | "ric";
  readonly memoryMb: number;
  readonly functionTimeout: DurationMs;
  readonly env: readonly KeyValue[];
  readonly thresholds: readonly string[];
  readonly expectations: readonly KeyValue<Verdict>[];
  readonly stopOn: "harm" | null;
  readonly settle: DurationMs;
  readonly clockTolerance: DurationMs;
  readonly idleLife: DurationMs;
  /** Null: a folder named after time and seed. */
  readonly out: string | null;
  /** Where figures are served for Prometheus; null: nowhere. */
  readonly metrics: HostPort | null;
  readonly yes: boolean;
  readonly json: boolean;
}
