/** Accounting: clocks are no further apart than the tolerance. Beyond it the verdict suffers only where it depended on the order. */
import type { SkewBound } from "../../correlate/function-history.ts";
import type { Check, PartialFinding } from "./check.ts";

export const clocksAgree: Check = {
  name: "clocks-agree",
  kind: "accounting",
  run: ({ history }): PartialFinding[] => {
    const { clockToleranceMs } = history.settings;
    const beyond = history.skew.filter((bound) => bound.beyond);
    if (beyond.length > 0) {
      return beyond.map((bound) => ({
        status: "found",
        text: `The clocks of ${bound.between} are further apart than ${clockToleranceMs} ms (${range(bound)}): what depends on their order is unknown.`,
      }));
    }
    if (history.environments.some(({ peerAhead }) => peerAhead === null)) {
      return [
        {
          status: "found",
          text: `No shift of the peer's clock by up to ${clockToleranceMs} ms puts the connections it logged into the Inits and invocations that ran: the clocks are further apart (--clock-tolerance), or much evidence is missing. What depends on their order is unknown.`,
        },
      ];
    }
    if (history.skew.length === 0)
      return [{ status: "clear", text: "Nothing in the evidence compares two clocks." }];
    return [
      {
        status: "clear",
        text: `Clocks agree within ${clockToleranceMs} ms: ${history.skew.map((bound) => `${bound.between} ${range(bound)}`).join("; ")}.`,
      },
    ];
  },
};

function range(bound: SkewBound): string {
  const low = Number.isFinite(bound.atLeastMs) ? `${Math.round(bound.atLeastMs)}` : "…";
  const high = Number.isFinite(bound.atMostMs) ? `${Math.round(bound.atMostMs)}` : "…";
  return `between ${low} and ${high} ms`;
}
