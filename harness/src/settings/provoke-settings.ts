/** The settings with which a soak makes a second execution environment on purpose. */
import { DEFAULT_TENANTS, LEVERS, type Lever } from "../words/lever.ts";
import type { PLATFORM_PROFILES } from "../record/plan.ts";
import { setting, toggle } from "./setting.ts";
import * as kinds from "./value-kinds.ts";

/** The profile in which environments are made only because they are invoked, so that the lever alone makes the hazard. */
export const QUIET_PROFILE = "calm" satisfies (typeof PLATFORM_PROFILES)[number];

export const PROVOKE_SETTINGS = {
  provoke: setting("provoke", {
    takes: "KIND[,KIND]",
    help: `Make a second environment through the Lambda API: ${LEVERS.join(", ")}. What this changes is undone after the run. Locally the platform is then ${QUIET_PROFILE} unless --platform says otherwise.`,
    default: { shown: "nothing is provoked", of: (): readonly Lever[] => [] },
    value: kinds.levers(LEVERS),
  }),
  tenants: setting("tenants", {
    takes: "NUMBER",
    help: "Short for --provoke tenants with this many tenants, which are named tenant-1, tenant-2 and so on and are invoked in turn.",
    default: String(DEFAULT_TENANTS),
    value: kinds.wholeNumber({ min: 2, max: 100 }),
  }),
  copy: toggle(
    "copy",
    "With --provoke: pull the levers on a copy of each existing function, which the run makes and deletes. The original is only read. With --peer and --link, the copy connects to another machine.",
  ),
} as const;
