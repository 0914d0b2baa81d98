/**
 * Exposure: two environments of the function were alive while one of them was invoked. If the peer has several places, the other live
 * environments must also be able to hold all of these places, and one of these environments must be idle. With
 * `--kept-connections allowed`, one idle environment is enough.
 */
import type { PlacesExposed } from "../../../result/findings/exposure-findings.ts";
import type { Exposure } from "../exposure.ts";
import { provokedBy } from "../provoked-by.ts";
import { mostOthersAlive } from "../find-places-exposures.ts";
import { defineCheck, sayClear, type CheckInput, type PartialFinding } from "./check.ts";
type OverlapHistory = CheckInput["history"];

export const environmentsOverlap = defineCheck({
  name: "environments-overlap",
  kind: "exposure",
  run: ({ exposures, history }): PartialFinding[] => {
    if (exposures.length === 0) return [noExposure(history)];
    const single = history.capacity.places === 1;
    return exposures.map((exposure) => ({
      status: "found",
      ...marked(history, exposure, single ? overlapped(history, exposure) : exposed(history, exposure)),
      environment: exposure.invocation.environment,
      holder: null,
      from: exposure.at,
      to: exposure.invocation.end,
      requestIds: [exposure.invocation.requestId],
    }));
  },
});

function marked<Found extends ReturnType<typeof overlapped> | ReturnType<typeof exposed>>(
  history: OverlapHistory,
  exposure: Exposure,
  found: Found,
): Found {
  const lever = provokedBy(history, exposure);
  return lever === null ? found : { ...found, parameters: { ...found.parameters, provokedBy: lever } };
}

function noExposure(history: OverlapHistory): PartialFinding {
  const { places, perEnvironment } = history.capacity;
  if (places === 1) return sayClear("no-overlap");
  if (history.settings.keptConnections === "allowed") return sayClear("none-idle");
  if (places === null) return sayClear("places-not-known");
  const reached = mostOthersAlive(history) * perEnvironment;
  return sayClear("places-not-exposed", { reached, places });
}

function overlapped({ settings }: OverlapHistory, { invocation, others, guessed }: Exposure) {
  const [other] = others;
  return {
    code: "environments-overlapped",
    parameters: {
      invoked: invocation.environment.id,
      alive: other?.id ?? "",
      assumedLifeMs: guessed ? settings.idleLifeMs : null,
      initEndInferred: other?.init?.endSource === "inferred",
    },
  } as const;
}

const NAMED_MAX = 3;

function exposed({ settings, capacity }: OverlapHistory, { invocation, others, guessed }: Exposure) {
  const parameters: PlacesExposed = {
    invoked: invocation.environment.id,
    alive: others.slice(0, NAMED_MAX).map(({ id }) => id),
    moreAlive: Math.max(0, others.length - NAMED_MAX),
    perEnvironment: capacity.perEnvironment,
    places: settings.keptConnections === "allowed" ? null : capacity.places,
    assumedLifeMs: guessed ? settings.idleLifeMs : null,
  };
  return { code: "places-exposed", parameters } as const;
}
