/** The deployments that a verification makes: the small one, and in tier `full` then the whole one, with the same name and state. */
import { join } from "node:path";
import { readSettings, type Settings } from "../settings.ts";
import type { Verification } from "./verification.ts";

/** An address that is reserved for documentation (RFC 5737). The function of the small deployment never connects to its peer. */
const NOWHERE = "192.0.2.1";
const PORT = 7000;
export const LABEL = "probe";
/** Shipped designs, for the whole deployment. */
export const DESIGN_LABELS = ["init-connect", "handler-connect"] as const;
export const RESERVED = 2;
export const MEMORY_MB = 128;
/**
 * The two invocations that probes/throttle.ts makes at the same time must end within this time-out. It is short, because probes/failures.ts
 * waits for the time-out.
 */
export const TIMEOUT_SECONDS = 5;

export interface DeploymentFacts extends Verification {
  readonly folder: string;
  readonly packageFile: string;
  /** The user's key for the log groups. Null: CloudWatch Logs uses its own key. */
  readonly kmsKeyArn: string | null;
  readonly boundaryArn: string | null;
}

type UserSettings = Pick<Settings, "root" | "tool">;

/** One small function outside of any VPC, and in tier `full` an image repository. */
export function smallDeployment(user: UserSettings, facts: DeploymentFacts): Settings {
  const { packageFile, tier } = facts;
  return settingsOf(
    user,
    facts,
    { PEER: `${NOWHERE}:${PORT}` },
    {
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
      ...(tier === "full" ? { image_repository: true } : {}),
    },
  );
}

/** Shipped designs in a VPC of their own without NAT, each with a managed peer, and the runner. */
export function wholeDeployment(
  user: UserSettings,
  facts: DeploymentFacts,
  images: { readonly peer: string; readonly runner: string },
): Settings {
  const packages = join(user.root, "dist", "functions");
  const functions = DESIGN_LABELS.map((label) => [label, { package_file: join(packages, `${label}.zip`) }]);
  const make = { PEER: "managed", IMAGE: images.peer, DESIGNS: DESIGN_LABELS.join(",") };
  return settingsOf(user, facts, make, {
    functions: Object.fromEntries(functions),
    peer: { managed: { image: images.peer } },
    network: { create: {} },
    runner: { image: images.runner, duration: "10m", interval: "10s", retention_days: 1 },
    image_repository: true,
  });
}

function settingsOf(
  { root, tool }: UserSettings,
  { target, name, region, folder, kmsKeyArn, boundaryArn }: DeploymentFacts,
  make: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, unknown>>,
): Settings {
  const all = {
    ...variables,
    logs: { retention_days: 1, ...(kmsKeyArn === null ? {} : { kms_key_arn: kmsKeyArn }) },
    alarms: {},
    ...(boundaryArn === null ? {} : { permissions_boundary_arn: boundaryArn }),
  };
  const settings = readSettings(
    {
      TARGET: target,
      NAME: name,
      REGION: region,
      ...make,
      VARS: JSON.stringify(all),
      LONGRUN_DATA: folder,
      AUTO_APPROVE: "1",
      KEEP_SERVICES: "1",
      TF: tool ?? "",
    },
    root,
  );
  return { ...settings, stateInFolder: true, quietPlans: true };
}
