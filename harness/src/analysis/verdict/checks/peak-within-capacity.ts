/**
 * Discipline, only if the function is meant to keep connections (`--kept-connections allowed`): the environments that were alive at one time never
 * needed more places than the peer has. Each environment is assumed to need as many places as the most connections that any of them held at one time.
 */
import { lifeOf, LIFE_NEEDS } from "../../attribution/environment-lives.ts";
import { holdTo } from "../../timeline/hold.ts";
import { defineCheck, type CheckInput, type PartialFinding } from "./check.ts";

const PEAK_NEEDS = [...LIFE_NEEDS] as const;
type History = CheckInput<typeof PEAK_NEEDS>["history"];

export const peakWithinCapacity = defineCheck({
  name: "peak-within-capacity",
  kind: "discipline",
  needs: PEAK_NEEDS,
  run: ({ history }): PartialFinding[] => {
    if (history.settings.keptConnections !== "allowed") return [];
    const { places, perEnvironment } = history.capacity;
    const shown = mostAlive(history, 0);
    const possible = mostAlive(history, history.settings.idleLifeMs);
    if (places === null)
      return [
        {
          status: "unknown",
          code: "peak-unknown",
          parameters: { environments: possible, perEnvironment, places },
        },
      ];
    if (shown * perEnvironment > places)
      return [
        {
          status: "found",
          code: "peak-above-capacity",
          parameters: { environments: shown, perEnvironment, places },
        },
      ];
    if (possible * perEnvironment > places)
      return [
        {
          status: "unknown",
          code: "peak-unknown",
          parameters: { environments: possible, perEnvironment, places },
        },
      ];
    return [
      {
        status: "clear",
        code: "peak-within-capacity",
        parameters: { environments: possible, perEnvironment, places },
      },
    ];
  },
});

/**
 * Returns the greatest number of environments that were alive at one time. An environment without a known end counts as alive for `longer`
 * milliseconds after its last sign of life.
 */
function mostAlive(history: History, longer: number): number {
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
