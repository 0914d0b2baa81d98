/**
 * Accounting: no more connections were open at the peer at one time than it is said to have places. If more were open, the number is wrong, and
 * what was judged by it shows nothing. A default that is wrong is only reported with the peer.
 */
import { defineCheck, type PartialFinding } from "./check.ts";

export const capacityKept = defineCheck({
  name: "capacity-kept",
  kind: "accounting",
  needs: [],
  run: ({ history }): PartialFinding[] => {
    const { places, named, given, refuted, peak } = history.capacity;
    if (refuted && given && named !== null)
      return [
        { status: "found", code: "capacity-refuted", parameters: { open: peak ?? named + 1, places: named } },
      ];
    return named === 1 ? [] : [{ status: "clear", code: "capacity-kept", parameters: { places } }];
  },
});
