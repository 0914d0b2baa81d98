/** What the defaults of a command's settings may depend on. */
import type { DefaultFacts } from "../settings/setting.ts";
import { regionOf } from "../settings/shared-settings.ts";
import type { Machine } from "./machine.ts";

export function defaultFacts(machine: Machine, target: DefaultFacts["target"] = "local"): DefaultFacts {
  return { target, awsRegion: regionOf(machine.environment) };
}
