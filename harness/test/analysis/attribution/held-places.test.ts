import { expect } from "chai";
import { epochMs } from "../../../src/base/time.ts";
import { placesHeld } from "../../../src/analysis/attribution/held-places.ts";
import { partial } from "../partial.ts";

/** A connection of an environment that only the link saw, during an attempt from 10 to 20. */
describe("placesHeld, by the link", () => {
  const holds = (link: object, end: number | null): boolean => {
    const hold = {
      ...{ peer: null, clock: "link", time: 1, disconnect: null, ownLine: false, boot: {} },
      link: { failedAt: null, queued: false, connectedAt: 1, closedAt: null, silencedAt: null, ...link },
      environment: { end },
    };
    const settings = { clockToleranceMs: 1_000 };
    return (
      placesHeld(partial({ holds: [hold], peer: null, local: true, settings }), partial({ peer: null }), {
        from: epochMs(10),
        to: epochMs(20),
      }).length === 1
    );
  };

  for (const [title, link, end, expected] of [
    ["it is open", {}, null, true],
    ["it was opened before the attempt", { connectedAt: 9 }, null, true],
    ["it was opened when the attempt began", { connectedAt: 10 }, null, false],
    ["it was closed after the attempt", { closedAt: 21 }, null, true],
    ["it was closed at the end of the attempt", { closedAt: 20 }, null, false],
    ["it failed", { failedAt: 2 }, null, false],
    ["its environment ended later", {}, 21, true],
    ["its environment ended, and no line shows how the connection ended", {}, 20, false],
    ["its environment ended silently", { silencedAt: 15 }, 20, true],
  ] as const)
    it(`returns ${expected ? "the place" : "nothing"} if ${title}`, () => {
      expect(holds(link, end)).to.equal(expected);
    });
});
