/** One generation of a function: everything from which an execution environment is made. It never changes. */
import type {
  InitializationType,
  LogFormat,
  ApplicationLogLevel,
  SystemLogLevel,
} from "../words/platform-words.ts";
export interface FunctionSnapshot {
  readonly functionName: string;
  /** The key by which the fleet's callers name the function, if it is not the name: two Regions may have a function of the same name. */
  readonly fleetKey?: string;
  /** The function's ARN without a qualifier. */
  readonly functionArn: string;
  readonly region: string;
  readonly accountId: string;
  /** `$LATEST` or a published version number. */
  readonly version: string;
  /** Grows with every code or configuration update of `$LATEST`. Environments of an older generation are never chosen again. */
  readonly generation: number;
  readonly runtime: string;
  readonly handler: string;
  readonly memorySizeMb: number;
  readonly timeoutMs: number;
  /** The customer's variables, as the API returns them. */
  readonly environment: Readonly<Record<string, string>>;
  /** The folder with the unpacked deployment package. The fleet never writes to it. */
  readonly codeFolder: string;
  readonly codeSha256: string;
  /** Folders with unpacked layers, in order. */
  readonly layerFolders: readonly string[];
  readonly initializationType: InitializationType;
  readonly logging: Logging;
}

export interface Logging {
  readonly format: LogFormat;
  /** Only logs in JSON format have levels. */
  readonly applicationLogLevel: ApplicationLogLevel;
  readonly systemLogLevel: SystemLogLevel;
  readonly logGroup: string;
}
