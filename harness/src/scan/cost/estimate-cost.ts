/**
 * Estimates what a soak on AWS costs: Lambda requests and their compute time, log lines, and managed peers. There are two figures: one for
 * a healthy function, and one for a function that times out in every invocation.
 */
import {
  DEFAULT_ARCHITECTURE,
  DEFAULT_MEMORY_MB,
  DEFAULT_TIMEOUT_SECONDS,
  type Architecture,
} from "../../words/function-size.ts";
import { PRICES } from "./prices.ts";

export interface FunctionSize {
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly architecture: Architecture;
}

/** The size of a Fargate task. */
interface TaskSize {
  readonly vcpu: number;
  readonly gb: number;
}

interface CostInput {
  readonly durationMs: number;
  readonly intervalMs: number;
  /** How many invocations of a function are in flight at most. */
  readonly inFlight: number;
  /** The sizes of the functions. For a function whose configuration could not be read the size is null, and `ASSUMED` is used. */
  readonly functions: readonly (FunctionSize | null)[];
  readonly managedPeers: number;
}

export interface CostEstimate {
  readonly invocations: number;
  readonly expectedUsd: number;
  /** The cost if every invocation runs until its time-out. */
  readonly mostUsd: number;
  readonly lines: readonly {
    readonly what: string;
    readonly expectedUsd: number;
    readonly mostUsd: number;
  }[];
}

export const ASSUMED: FunctionSize = {
  memoryMb: DEFAULT_MEMORY_MB,
  timeoutMs: DEFAULT_TIMEOUT_SECONDS * 1_000,
  architecture: DEFAULT_ARCHITECTURE,
};
/** The billed duration of a healthy invocation: a connect, one request, a close, and its share of the cold starts. */
export const BILLED_MS = 200;
/** The log bytes of an invocation, measured on the engine with JSON logs at level DEBUG: platform lines and three lifecycle lines. */
export const LOG_BYTES = 4_096;
/** The size of a managed peer's task (infra/modules/peer). */
export const PEER_TASK: TaskSize = { vcpu: 0.25, gb: 0.5 };
const HOUR_MS = 3_600_000;
const MONTH_MS = 30 * 24 * HOUR_MS;

export function estimateCost({
  durationMs,
  intervalMs,
  inFlight,
  functions,
  managedPeers,
}: CostInput): CostEstimate {
  const each = Math.floor(durationMs / intervalMs) * inFlight;
  const invocations = each * functions.length;
  const sizes = functions.map((size) => size ?? ASSUMED);
  // A function is billed at most for the length of the run, times the number of invocations in flight.
  const compute = (billedMs: (size: FunctionSize) => number): number =>
    sizes.reduce((sum, size) => {
      const seconds = Math.min(each * billedMs(size), durationMs * inFlight) / 1_000;
      return sum + seconds * (size.memoryMb / 1_024) * PRICES.lambdaGbSecondUsd[size.architecture];
    }, 0);
  const requests = invocations * PRICES.lambdaRequestUsd;
  const logGb = (invocations * LOG_BYTES) / 1e9;
  const logs =
    logGb * (PRICES.logsIngestedGbUsd + PRICES.logsStoredGbMonthUsd * Math.max(1, durationMs / MONTH_MS));
  const peers = managedPeers * (durationMs / HOUR_MS) * taskHourUsd(PEER_TASK);
  const lines = [
    { what: `${invocations} Lambda requests`, expectedUsd: requests, mostUsd: requests },
    {
      what: "their compute",
      expectedUsd: compute(({ timeoutMs }) => Math.min(BILLED_MS, timeoutMs)),
      mostUsd: compute(({ timeoutMs }) => timeoutMs),
    },
    { what: "log lines, kept a month", expectedUsd: logs, mostUsd: logs },
    ...(managedPeers === 0
      ? []
      : [
          {
            what: `${managedPeers} managed ${managedPeers === 1 ? "peer" : "peers"} while it runs`,
            expectedUsd: peers,
            mostUsd: peers,
          },
        ]),
  ];
  const total = (pick: (line: (typeof lines)[number]) => number): number =>
    lines.reduce((sum, line) => sum + pick(line), 0);
  return {
    invocations,
    lines,
    expectedUsd: total((line) => line.expectedUsd),
    mostUsd: total((line) => line.mostUsd),
  };
}

export function taskHourUsd({ vcpu, gb }: TaskSize): number {
  return vcpu * PRICES.fargateVcpuHourUsd + gb * PRICES.fargateGbHourUsd;
}
