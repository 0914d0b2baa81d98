/** The settings of the deployment that a verification makes: one small function outside of any VPC, under a name of its own. */
import { readSettings, type Settings } from "../settings.ts";
import type { Verification } from "./verification.ts";

/** An address that is reserved for documentation (RFC 5737). The function of a verification never connects to its peer. */
const NOWHERE = "192.0.2.1";
const PORT = 7000;
export const LABEL = "probe";
export const RESERVED = 2;
export const MEMORY_MB = 128;
/** Longer than the overlap that a probe makes, and short for the probe that waits for the time-out. */
export const TIMEOUT_SECONDS = 5;

interface VerifyPlace {
  readonly folder: string;
  readonly packageFile: string;
  /** Null: the log groups have the service's own key. */
  readonly kmsKeyArn: string | null;
}

export function verifySettings(
  { root, tool }: Pick<Settings, "root" | "tool">,
  { target, name, region }: Pick<Verification, "target" | "name"> & { readonly region: string | null },
  { folder, packageFile, kmsKeyArn }: VerifyPlace,
): Settings {
  const variables = {
    functions: {
      [LABEL]: {
        package_file: packageFile,
        handler: "probe-handler.handler",
        memory_mb: MEMORY_MB,
        timeout_seconds: TIMEOUT_SECONDS,
        reserved_concurrency: RESERVED,
        lease: true,
      },
    },
    peer: { external: { host: NOWHERE, port: PORT, capacity: RESERVED } },
    logs: { retention_days: 1, ...(kmsKeyArn === null ? {} : { kms_key_arn: kmsKeyArn }) },
    alarms: {},
  };
  const settings = readSettings(
    {
      TARGET: target,
      NAME: name,
      REGION: region ?? "",
      PEER: `${NOWHERE}:${PORT}`,
      VARS: JSON.stringify(variables),
      LONGRUN_DATA: folder,
      AUTO_APPROVE: "1",
      KEEP_SERVICES: "1",
      TF: tool ?? "",
    },
    root,
  );
  return { ...settings, stateInFolder: true };
}
