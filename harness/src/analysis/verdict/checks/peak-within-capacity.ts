/**
 * Discipline, only with `--kept-connections allowed`: the environments that were alive at one time never needed more places than the peer
 * has. Each environment is assumed to need as many places as the most that one of them was seen to hold.
 */
import type { PeakOfPlaces } from "../../../result/findings/discipline-findings.ts";
import { lifeOf } from "../../attribution/environment-lives.ts";
import { holdTo } from "../../timeline/hold.ts";
import { defineCheck, sayClear, sayFound, sayUnknown, type CheckInput } from "./check.ts";
type PeakHistory = CheckInput["history"];

export const peakWithinCapacity = defineCheck({
  name: "peak-within-capacity",
  kind: "discipline",
  run: ({ history }) => {
    if (history.settings.keptConnections !== "allowed") return [];
    const { places, perEnvironment, perEnvironmentAtMost } = history.capacity;
    const shown = { environments: mostAlive(history, 0), perEnvironment };
    const possible = {
      environments: mostAlive(history, history.settings.idleLifeMs),
      perEnvironment: perEnvironmentAtMost,
    };
    if (places === null) return [sayUnknown("peak-unknown", { ...possible, places })];
    if (needs(shown) > places) return [sayFound("peak-above-capacity", { ...shown, places })];
    if (needs(possible) > places) return [sayUnknown("peak-unknown", { ...possible, places })];
    return [sayClear("peak-within-capacity", { ...possible, places })];
  },
});

function needs({ environments, perEnvironment }: PeakOfPlaces): number {
  return environments * perEnvironment;
}

/** Without a known end, an environment lives `longer` milliseconds after its last sign of life. */
function mostAlive(history: PeakHistory, longer: number): number {
  const turns = history.environments
    .flatMap((environment) => {
      const { from, to } = lifeOf(history, environment);
      const open = Math.max(
        ...environment.boots.flatMap(({ accepted }) => accepted.map((hold) => holdTo(hold) ?? 0)),
        0,
      );
      const end = environment.end ?? Math.max(to, open) + longer;
      return [
        { at: from, by: 1 },
        { at: end, by: -1 },
      ];
    })
    .sort((a, b) => (a.at === b.at ? a.by - b.by : a.at - b.at));
  let alive = 0;
  let most = 0;
  for (const { by } of turns) {
    alive += by;
    most = Math.max(most, alive);
  }
  return most;
}
