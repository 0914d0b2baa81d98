/** Merges flags, profile file and defaults, and reports every conflict between them. Flags override the profile file. */
import { settleFunctions } from "../../settings/function-choice.ts";
import { largestOf, settlePeerLinks } from "../../settings/peer-links.ts";
import { settlePeerLogs } from "../../settings/peer-log-setting.ts";
import type { Problem } from "../../settings/problem.ts";
import { withDefaults } from "../../settings/setting-table.ts";
import { brokenRules } from "../../settings/soak-rules.ts";
import { QUIET_PROFILE } from "../../settings/provoke-settings.ts";
import {
  peerIdleTimeoutOf,
  SOAK_SETTINGS,
  type SoakFlags,
  type SoakSettings,
} from "../../settings/soak-settings.ts";

export interface ResolvedSoak {
  readonly settings: SoakSettings;
  readonly problems: readonly Problem[];
}

export function resolveSoak(
  flags: SoakFlags,
  profile: SoakFlags,
  /** From the environment variables. Null if they name no region. */
  awsRegion: string | null,
): ResolvedSoak {
  const given: SoakFlags = { ...profile, ...flags };
  const target = given.target ?? "local";
  const own = withDefaults(SOAK_SETTINGS, given, { target, awsRegion });
  const { functions, problems } = settleFunctions(
    { functions: given.function ?? [], code: given.code ?? [] },
    own,
  );
  const provoke: SoakSettings["provoke"] =
    given.tenants === undefined ? own.provoke : [...new Set([...own.provoke, "tenants" as const])];
  const provoking = provoke.length > 0;
  const links = settlePeerLinks(given, own.env);
  const settings: SoakSettings = {
    ...own,
    provoke,
    links,
    peer: links[0]?.peer ?? null,
    capacity: largestOf(links),
    functions,
    peerLogs: settlePeerLogs(given["peer-log-group"] ?? [], functions),
    peerIdleTimeout: peerIdleTimeoutOf(own),
    // A platform is refused on AWS, so its file is not read.
    platform:
      target === "aws" ? null : provoking && given.platform === undefined ? QUIET_PROFILE : own.platform,
  };
  return { settings, problems: [...problems, ...brokenRules({ settings, given, awsRegion })] };
}
