import { version as nodeVersion } from "node:process";
import type { JsonObject } from "../../base/json-object.ts";
import type { JudgedProfile } from "../../record/judged-profile.ts";
import type { LeverStep } from "../../words/lever.ts";
import type { ProbedPeer } from "../../record/probe.ts";
import type { Manifest, ResolvedProfile } from "../../record/manifest.ts";
import { namesInProfile, profileValues, writeSettings } from "../../settings/manifest-settings.ts";
import { SOAK_SETTINGS, type SoakSettings } from "../../settings/soak-settings.ts";
import { isoTime, type EpochMs } from "../../base/time.ts";
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
  readonly schedule?: readonly LeverStep[];
  readonly probed?: readonly ProbedPeer[];
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
  schedule,
  probed = [],
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
    ...(probed.length === 0 ? {} : { peers: probed }),
    profile: resolvedProfile(settings, inputs.event, platform, seed),
    settings: {
      ...otherSettings(settings),
      ...(schedule === undefined ? {} : { [SCHEDULE]: schedule }),
    },
  };
}

/** The member of `settings` with the steps of `replay --target aws`, by which `--resume` recognises such a run. */
export const SCHEDULE = "schedule";

const PROFILE_NAMES = namesInProfile(SOAK_SETTINGS);

function otherSettings(settings: SoakSettings): JsonObject {
  const all = Object.entries(writeSettings(SOAK_SETTINGS, settings));
  return Object.fromEntries(all.filter(([name]) => !PROFILE_NAMES.has(name)));
}

/** Returns the settings of a run that `longrun soak` began. Older versions wrote all of them to `settings`. */
export function settingsIn({ profile, settings }: Manifest): JsonObject | null {
  if (settings == null) return null;
  const inProfile = [...PROFILE_NAMES].map(([name, member]) => [name, profile[member]]);
  return { ...(Object.fromEntries(inProfile) as JsonObject), ...settings };
}

/**
 * Returns where a setting is in the manifest: in `settings` or in `profile`. `where` is always `settings.NAME`, also for a setting that is
 * in `profile`.
 */
export function placeIn({ settings }: Manifest, where: string): string {
  const name = where.replace(/^settings\./, "");
  const member = name in (settings ?? {}) ? undefined : PROFILE_NAMES.get(name);
  return member === undefined ? where : `profile.${member}`;
}

/** Does not compile if no setting gives a member of the profile that the judgement reads. */
function resolvedProfile(
  settings: SoakSettings,
  event: unknown,
  platform: string | null,
  seed: number | null,
): ResolvedProfile & JudgedProfile {
  const ownPeers = settings.target === "local" && settings.peer === null;
  return {
    ...profileValues(SOAK_SETTINGS, settings),
    platform,
    seed,
    admission: ownPeers ? settings.admission : null,
    peerIdleTimeoutMs: ownPeers ? settings.peerIdleTimeout : null,
    capacity: settings.capacity ?? settings.reservedConcurrency,
    capacityGiven: settings.capacity !== null || ownPeers,
    event,
  };
}
