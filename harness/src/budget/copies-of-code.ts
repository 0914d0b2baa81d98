/**
 * How often one environment on Managed Instances loads the function's code (docs/budget.md#managed-instances): AWS's client for Python starts a
 * process for each invocation that may run, that for Node a thread eight times for each vCPU, and those for Java, .NET and Rust load it once.
 */
export interface ManagedSettings {
  /** Undefined for an image. */
  readonly runtime: string | undefined;
  readonly memoryMb: number | undefined;
  readonly memoryGibPerVcpu: number | undefined;
  readonly invocations: number | undefined;
  /** The variable AWS_LAMBDA_NODEJS_WORKER_COUNT. */
  readonly nodeWorkers: string | undefined;
}

const NODE_THREADS_PER_VCPU = 8;

/** Null if it is unknown. */
export function copiesOfCode(settings: ManagedSettings): number | null {
  const { runtime = "", memoryMb, memoryGibPerVcpu, invocations, nodeWorkers = "" } = settings;
  if (runtime.startsWith("python")) return invocations ?? null;
  if (/^(?:java|dotnet|provided)/.test(runtime)) return 1;
  if (!runtime.startsWith("nodejs")) return null;
  if (/^[1-9]\d{0,3}$/.test(nodeWorkers)) return Number(nodeWorkers);
  if (memoryMb === undefined || memoryGibPerVcpu === undefined) return null;
  return Math.max(1, Math.ceil(memoryMb / 1_024 / memoryGibPerVcpu)) * NODE_THREADS_PER_VCPU;
}
