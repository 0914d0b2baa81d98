/** Reads platform profiles from files (`--platform FILE`), and draws a plan from each. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { choosePlatform } from "../../src/cli/soak/platform-plan.ts";
import { BUILT_IN_PROFILES } from "../../src/platform/built-in-profiles.ts";
import { drawPlan } from "../../src/platform/draw-plan.ts";
import { fuzz } from "./support/fuzz.ts";
import { textOf } from "./support/fuzz-case.ts";
import { namesProblem } from "./support/names-problem.ts";
import { workFolder } from "./support/work-folder.ts";

const PROFILES = Object.values(BUILT_IN_PROFILES);

fuzz("platform-profiles", {
  samples: [
    ...PROFILES.map((profile) => JSON.stringify(profile, null, 2)),
    "name: mine\nplacement: oldest\naheadElsewhere: {everyMs: [1000, 2000], everyIntervals: [1, 2]}\nevents:\n  - action: retire\n    selector: oldest-idle\n    ending: fin\n    everyMs: [250, 250]\n",
  ],
  start() {
    const work = workFolder();
    const folder = work.path;
    return {
      async check(input) {
        writeFileSync(join(folder, "platform.yaml"), input.bytes);
        const chosen = await choosePlatform("platform.yaml", folder);
        if (chosen.ok) drawPlan({ profile: chosen.profile, seed: 1, durationMs: 60_000, intervalMs: 1_000 });
        else
          for (const problem of chosen.problems)
            namesProblem(`${problem.where}: ${problem.text}`, textOf(input));
      },
      close: () => work.remove(),
    };
  },
});
