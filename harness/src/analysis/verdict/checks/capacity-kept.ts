/**
 * Accounting: at no time were more connections open at the peer than the number of places that the user gave. If more were open, the number is
 * wrong, and a judgement that uses it is not valid. If the wrong number is only the default, there is no finding.
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
