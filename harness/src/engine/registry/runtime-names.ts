/** The names of runtimes and architectures that Lambda's API accepts. The catalogue of runtimes says which of them the engine runs. */
import { OFFERED_RUNTIMES, RUNNABLE_RUNTIMES } from "../../runtimes/all-runtimes.ts";

/** The list of the API model (botocore 1.43.11), in its order. */
const API_MODEL = [
  "nodejs",
  "nodejs4.3",
  "nodejs6.10",
  "nodejs8.10",
  "nodejs10.x",
  "nodejs12.x",
  "nodejs14.x",
  "nodejs16.x",
  "java8",
  "java8.al2",
  "java11",
  "python2.7",
  "python3.6",
  "python3.7",
  "python3.8",
  "python3.9",
  "dotnetcore1.0",
  "dotnetcore2.0",
  "dotnetcore2.1",
  "dotnetcore3.1",
  "dotnet6",
  "dotnet8",
  "nodejs4.3-edge",
  "go1.x",
  "ruby2.5",
  "ruby2.7",
  "provided",
  "provided.al2",
  "nodejs18.x",
  "python3.10",
  "java17",
  "ruby3.2",
  "ruby3.3",
  "ruby3.4",
  "python3.11",
  "nodejs20.x",
  "provided.al2023",
  "python3.12",
  "java21",
  "python3.13",
  "nodejs22.x",
  "nodejs24.x",
  "python3.14",
  "java25",
  "dotnet10",
  "ruby4.0",
];

/** A layer may name any of these as compatible. Runtimes that are newer than the model come last. */
export const LAMBDA_RUNTIMES: readonly string[] = [...new Set([...API_MODEL, ...RUNNABLE_RUNTIMES])];

/** The list in AWS's refusal of a runtime that does not exist, recorded 2025-11, in its order (docs/aws/function-api.md#runtimes). */
const RECORDED = [
  ...["nodejs20.x", "python3.14", "provided.al2023", "python3.12", "python3.13", "nodejs24.x", "nodejs22.x"],
  ...["java17", "nodejs16.x", "java25", "dotnet8", "python3.10", "java11", "python3.11", "dotnet6", "java21"],
  ...["nodejs18.x", "provided.al2", "ruby3.3", "ruby3.4", "java8.al2", "ruby3.2", "python3.8", "python3.9"],
];

/** Runtimes that came after the recording are at the end. */
export const RUNTIMES_IN_REFUSAL: readonly string[] = [...new Set([...RECORDED, ...RUNNABLE_RUNTIMES])];

/** Returns the newest runtime of the same language that AWS supports; null if there is none. */
export function successorOf(runtime: string): string | null {
  const language = /^(?:nodejs|python|java|dotnet|ruby|provided)/.exec(runtime)?.[0];
  return OFFERED_RUNTIMES.findLast((one) => language !== undefined && one.startsWith(language)) ?? null;
}

export const ARCHITECTURES = ["x86_64", "arm64"] as const;
