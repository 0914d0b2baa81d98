/** The names of all runtimes that Lambda has or had. The catalogue (all-runtimes.ts) says which of them the local engine runs. */
import { findRuntime, RUNNABLE_RUNTIMES } from "./all-runtimes.ts";

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

/** Runtimes that are newer than this model come last. */
export const LAMBDA_RUNTIMES: readonly string[] = [...new Set([...API_MODEL, ...RUNNABLE_RUNTIMES])];

/** Returns AWS's sentence for a runtime that Lambda once had (docs/aws/function-api.md#runtimes); null for every other name. */
export function noLongerSupported(runtime: string): string | null {
  if (!LAMBDA_RUNTIMES.includes(runtime) || findRuntime(runtime) !== null) return null;
  return `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`;
}
