import { UNKNOWN_CAPACITY } from "../../words/capacity.ts";
import type { SoakSettings } from "../../settings/soak-settings.ts";

/** Null for the usual case: one invocation at a time and one place. */
export function inFlightAndPlaces({ reservedConcurrency, capacity }: SoakSettings): string | null {
  const places = capacity ?? reservedConcurrency;
  if (reservedConcurrency === 1 && places === 1) return null;
  const inFlight = `reserved concurrency ${reservedConcurrency}`;
  return places === UNKNOWN_CAPACITY
    ? `${inFlight}, a peer whose number of places is not known`
    : `${inFlight}, a peer with ${places} ${places === 1 ? "place" : "places"}`;
}
