import { version as nodeVersion } from "node:process";
import type { Manifest, ResolvedProfile } from "../../domain/manifest.ts";
import { writeSettings } from "../../settings/manifest-settings.ts";
import { SOAK_SETTINGS, type SoakSettings } from "../../settings/soak-settings.ts";
import { isoTime, type EpochMs } from "../../units/time.ts";
import { toolVersion } from "../../adapters/node/tool-version.ts";
import type { LoadedInputs } from "./load-inputs.ts";

interface ManifestFacts {
  readonly settings: SoakSettings;
  readonly inputs: LoadedInputs;
  readonly functionNames: ReadonlyMap<string, string>;
  readonly platform: string | null;
  readonly seed: number | null;
  readonly now: EpochMs;
  readonly system: string;
  readonly resumed: { readonly manifest: Manifest } | null;
}

export function soakManifest({
  settings,
  inputs,
  functionNames,
  platform,
  seed,
  now,
  system,
  resumed,
}: ManifestFacts): Manifest {
  const peers = settings.links.flatMap(({ name, peer, capacity }) =>
    name === null || peer === null
      ? []
      : [
          {
            name,
            ...peer,
            capacity: capacity ?? settings.reservedConcurrency,
            capacityGiven: capacity !== null,
          },
        ],
  );
  if (resumed !== null) return { ...resumed.manifest, status: "running", endedAt: null };
  return {
    schemaVersion: 1,
    tool: { name: "lambda-longrun", version: toolVersion() },
    status: "running",
    createdAt: isoTime(now),
    endedAt: null,
    target: settings.target,
    endpoint: settings.endpoint,
    region: settings.region,
    isolation: null,
    node: nodeVersion,
    platform: system,
    functions: settings.functions.map(({ label }) => {
      const code = inputs.code.find((one) => one.label === label);
      return {
        name: label,
        functionName: functionNames.get(label) ?? label,
        expected: settings.expectations.find((one) => one.key === label)?.value ?? null,
        code: code?.from ?? null,
        codeSha256: null,
        runtime: code?.runtime ?? null,
        handler: code?.handler ?? null,
        ranOn: code?.program.ranOn ?? null,
        notice: code?.program.notice ?? null,
        ...(peers.length === 0 ? {} : { peers }),
      };
    }),
    profile: resolvedProfile(settings, inputs.event, platform, seed),
    settings: writeSettings(SOAK_SETTINGS, settings),
  };
}

function resolvedProfile(
  settings: SoakSettings,
  event: unknown,
  platform: string | null,
  seed: number | null,
): ResolvedProfile {
  const ownPeers = settings.target === "local" && settings.peer === null;
  return {
    durationMs: settings.duration,
    intervalMs: settings.interval,
    platform,
    seed,
    admission: ownPeers ? settings.admission : null,
    peerIdleTimeoutMs: ownPeers ? settings.peerIdleTimeout : null,
    reservedConcurrency: settings.reservedConcurrency,
    capacity: settings.capacity ?? settings.reservedConcurrency,
    capacityGiven: settings.capacity !== null || ownPeers,
    keptConnections: settings.keptConnections,
    ...(settings.strangers.length === 0 ? {} : { strangers: settings.strangers }),
    settleMs: settings.settle,
    clockToleranceMs: settings.clockTolerance,
    idleLifeMs: settings.idleLife,
    thresholds: settings.thresholds,
    event,
    success: settings.success,
    stopOn: settings.stopOn,
  };
}
