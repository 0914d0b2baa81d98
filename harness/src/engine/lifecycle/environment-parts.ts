/** The parts from which an execution environment is built (environment-factory.ts). */
import type { FunctionSnapshot } from "../function-snapshot.ts";
import type { EnvironmentLinks } from "../link/environment-links.ts";
import type { EnvironmentHome } from "../process/environment-home.ts";
import type { EnvironmentLog } from "../environment-log/environment-log.ts";
import type { EnvironmentServices } from "./environment-services.ts";
import type { TelemetryHub } from "../environment-api/telemetry-api/telemetry-hub.ts";

export interface EnvironmentParts {
  readonly id: string;
  readonly snapshot: FunctionSnapshot;
  readonly services: EnvironmentServices;
  readonly home: EnvironmentHome;
  readonly log: EnvironmentLog;
  readonly telemetry: TelemetryHub;
  readonly link: EnvironmentLinks | null;
  /** The variables in which the function finds the address of the link. */
  readonly linkVariables: Readonly<Record<string, string>>;
}
