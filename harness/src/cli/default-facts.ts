/** The facts that decide the default values of settings, for commands that do not choose between local and AWS. */
import { LOCAL_FACTS, type DefaultFacts } from "../settings/setting.ts";
import { regionOf } from "../settings/shared-settings.ts";
import type { Machine } from "./machine.ts";

export function defaultFacts(machine: Machine): DefaultFacts {
  return { ...LOCAL_FACTS, awsRegion: regionOf(machine.environment) };
}
