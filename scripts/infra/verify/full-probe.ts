import type { FunctionOutput, RunnerOutput } from "../../../harness/src/settings/deployed.ts";
import type { Probe, ProbeContext } from "./probe.ts";
import type { DESIGN_LABELS } from "./verify-settings.ts";

export type Label = (typeof DESIGN_LABELS)[number];

export interface FullContext extends Pick<
  ProbeContext,
  "lambda" | "logs" | "requests" | "name" | "region" | "running" | "signal"
> {
  readonly functions: Readonly<Record<Label, FunctionOutput>>;
  readonly runner: RunnerOutput;
  readonly peerLines: (label: Label) => Promise<readonly string[]>;
}

export type FullProbe = Probe<FullContext>;

export const clusterOfPeers = (name: string): string => `${name}-peers`;
