import type { FunctionSnapshot } from "../../function-snapshot.ts";
import type { FunctionRecord, FunctionVersion } from "./function-record.ts";
import type { StoredPackage } from "../packages/stored-package.ts";
import { functionArn } from "./function-reference.ts";

/** A published version never changes, so its generation is always 1. */
export function functionSnapshot(
  record: FunctionRecord,
  version: FunctionVersion,
  contentsOf: (code: StoredPackage) => string,
): FunctionSnapshot {
  const { settings } = version;
  const { LoggingConfig: logging } = settings;
  return {
    functionName: record.name,
    fleetKey: record.fleetKey,
    functionArn: functionArn(record, record.name),
    region: record.region,
    accountId: record.accountId,
    version: version.version,
    generation: version.version === "$LATEST" ? record.generation : 1,
    runtime: settings.Runtime,
    handler: settings.Handler,
    memorySizeMb: settings.MemorySize,
    timeoutMs: settings.Timeout * 1_000,
    environment: settings.Environment ?? {},
    codeFolder: contentsOf(version.code),
    codeSha256: version.code.codeSha256,
    layerFolders: settings.Layers.map(({ code }) => contentsOf(code)),
    initializationType: "on-demand",
    logging: {
      format: logging.LogFormat,
      applicationLogLevel: logging.ApplicationLogLevel ?? "INFO",
      systemLogLevel: logging.SystemLogLevel ?? "INFO",
      logGroup: logging.LogGroup,
    },
  };
}
