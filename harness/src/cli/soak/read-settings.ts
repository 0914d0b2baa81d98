import { resolve } from "node:path";
import { readGivenText } from "../../adapters/node/read-given-file.ts";
import type { HiddenValues } from "../../settings/hidden-values.ts";
import type { Problem } from "../../settings/problem.ts";
import { readProfile } from "../../settings/read-profile.ts";
import { resolveSoak, type ResolvedSoak } from "./resolve-soak.ts";
import { regionOf } from "../../settings/shared-settings.ts";
import { SOAK_SETTINGS, type SoakFlags } from "../../settings/soak-settings.ts";
import type { Machine } from "../machine.ts";
import { flagsOfDeployed, withPeerAddresses } from "../../settings/deployed-flags.ts";
import { readDeployed } from "./read-deployed.ts";
import { whyUnreadable } from "../why-unreadable.ts";

export async function readSettings(
  machine: Machine,
  flags: SoakFlags,
  hidden: HiddenValues,
): Promise<ResolvedSoak> {
  const profile =
    flags.profile === undefined
      ? { values: {}, problems: [] }
      : profileFrom(machine, flags.profile, flags["show-values"] === true);
  if (flags["show-values"] !== true) hidden.add(profile.values.env, profile.values.link);
  const region = regionOf(machine.environment);
  if (flags["terraform-outputs"] === undefined) {
    const { settings, problems } = resolveSoak(flags, profile.values, region);
    // A profile of which nothing could be read may name the functions.
    const unread = profile.problems.length > 0 && Object.keys(profile.values).length === 0;
    const own = problems.filter(({ where }) => !unread || where !== "--function");
    return { settings, problems: [...profile.problems, ...own] };
  }
  const deployed = await readDeployed(machine, flags["terraform-outputs"]);
  const layered = flagsOfDeployed(deployed, { ...profile.values, ...flags });
  const { settings, problems } = resolveSoak(layered.flags, profile.values, region);
  return {
    settings: withPeerAddresses(settings, deployed),
    problems: [...profile.problems, ...layered.problems, ...problems],
  };
}

function profileFrom(
  machine: Machine,
  name: string,
  showValues: boolean,
): { readonly values: SoakFlags; readonly problems: readonly Problem[] } {
  try {
    const text = readGivenText(resolve(machine.workingFolder, name));
    return readProfile({ name, text, showValues }, SOAK_SETTINGS);
  } catch (error) {
    const text = `expected a file that can be read, but ${whyUnreadable(error)}`;
    return { values: {}, problems: [{ where: `--profile ${name}`, text }] };
  }
}
