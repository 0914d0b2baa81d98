/**
 * Runtimes that Lambda no longer accepts, from the API model (botocore 1.43.11). Runtimes whose end is not known, such as `ruby4.0`, are
 * left out.
 */
export const ENDED_RUNTIMES: readonly string[] = [
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
  "python2.7",
  "python3.6",
  "python3.7",
  "python3.8",
  "dotnetcore1.0",
  "dotnetcore2.0",
  "dotnetcore2.1",
  "dotnetcore3.1",
  "dotnet6",
  "nodejs4.3-edge",
  "go1.x",
  "ruby2.5",
  "ruby2.7",
  "provided",
  "nodejs18.x",
];

/** AWS's sentence for a runtime that Lambda once had (docs/aws/function-api.md#runtimes). */
export function noLongerSupported(runtime: string): string | null {
  if (!ENDED_RUNTIMES.includes(runtime)) return null;
  return `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`;
}
