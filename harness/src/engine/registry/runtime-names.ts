/** The names of runtimes in AWS's refusal of an unknown one, and of the architectures that Lambda's API accepts. */
import { RUNNABLE_RUNTIMES } from "../../runtimes/all-runtimes.ts";

/** The list in AWS's refusal of a runtime that does not exist, recorded 2026-01-12, in its order (docs/aws/function-api.md#runtimes). */
const RECORDED = [
  ...["nodejs20.x", "python3.14", "provided.al2023", "python3.12", "python3.13", "nodejs24.x", "nodejs22.x"],
  ...[
    "java25",
    "python3.10",
    "python3.11",
    "java21",
    "ruby3.3",
    "ruby3.4",
    "ruby3.2",
    "python3.8",
    "python3.9",
  ],
  ...[
    "java17",
    "nodejs16.x",
    "dotnet10",
    "dotnet8",
    "java11",
    "dotnet6",
    "nodejs18.x",
    "provided.al2",
    "java8.al2",
  ],
];

/** The recorded names, then the engine's runtimes that are newer than the recording. */
export const RUNTIMES_IN_REFUSAL: readonly string[] = [...new Set([...RECORDED, ...RUNNABLE_RUNTIMES])];

export const ARCHITECTURES = ["x86_64", "arm64"] as const;
