/** `--platform NAME|FILE` → the plan that will be followed, or what is wrong with the file. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Plan } from "../../domain/plan.ts";
import { drawPlan } from "../../platform/draw-plan.ts";
import { readPlatformProfile, type PlatformProfile } from "../../platform/platform-profile.ts";
import { didYouMean } from "../../profile/closest-name.ts";
import type { Problem } from "../../profile/option.ts";
import { PLATFORM_NAMES } from "../../profile/soak-options.ts";

export type ChosenPlatform =
  | { readonly ok: true; readonly profile: PlatformProfile; /** Its name, or the content of its file. */ readonly described: string }
  | { readonly ok: false; readonly problems: readonly Problem[] };
