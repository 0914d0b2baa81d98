/** The lists of runtimes in AWS's refusals, recorded 2026-01-12, in AWS's order (docs/aws/function-api.md#runtimes). */
import { RUNNABLE_RUNTIMES } from "../../catalogue/runtimes/all-runtimes.ts";

const RUNTIME =
  "nodejs20.x python3.14 provided.al2023 python3.12 python3.13 nodejs24.x nodejs22.x java25 python3.10 python3.11 java21 " +
  "ruby3.3 ruby3.4 ruby3.2 python3.8 python3.9 java17 nodejs16.x dotnet10 dotnet8 java11 dotnet6 nodejs18.x provided.al2 " +
  "java8.al2";
const COMPATIBLE_RUNTIME =
  "ruby3.5 ruby2.6 dotnetcore1.0 python3.7 nodejs8.10 nasa ruby2.7 python2.7-greengrass dotnetcore2.0 python3.8 java21 " +
  "dotnet6 dotnetcore2.1 python3.9 java11 nodejs6.10 provided dotnetcore3.1 dotnet8 java25 java17 nodejs nodejs4.3 " +
  "java8.al2 go1.x dotnet10 nodejs20.x go1.9 byol nodejs10.x provided.al2023 nodejs22.x python3.10 java8 nodejs12.x " +
  "python3.11 nodejs24.x nodejs8.x python3.12 nodejs14.x nodejs8.9 nodejs26.x python3.13 python3.14 nodejs16.x python3.15 " +
  "provided.al2 nodejs4.3-edge nodejs18.x ruby3.2 python3.4 ruby3.3 ruby3.4 ruby2.5 python3.6 python2.7";

/** For an unknown runtime of a function or a new layer version: the recorded names, then the engine's other runtimes. */
export const RUNTIMES_IN_REFUSAL: readonly string[] = [
  ...new Set([...RUNTIME.split(" "), ...RUNNABLE_RUNTIMES]),
];

/** The list of runtimes in AWS's refusal if layers are filtered by an unknown runtime. AWS lists names that its API model does not have. */
export const COMPATIBLE_RUNTIMES_IN_REFUSAL: readonly string[] = COMPATIBLE_RUNTIME.split(" ");
