/**
 * Plays a schedule many times. Each time must give the same verdict, the same reasons, the same result of each step and the same final
 * state.
 */
import { expect } from "chai";
import { SILENT_END } from "../designs/design-table.ts";
import { onStage } from "../designs/on-stage.ts";
import type { Admission } from "../../src/words/admission.ts";
import type { ScheduleStep } from "../../src/explore/schedule.ts";
import type { Design } from "../../src/settings/function-choice.ts";

const TIMES = 100;
const AT_A_TIME = 4;

const rows: readonly (readonly [Design, Admission, readonly ScheduleStep[]])[] = [
  ["init-connect", "refuse", [{ step: "initialise-ahead" }, { step: "invoke", environment: "new" }]],
  ["handler-connect", "refuse", SILENT_END],
  ["lease-connect", "refuse", SILENT_END],
  [
    "graceful-connect",
    "backlog",
    [
      { step: "time-out", environment: "new" },
      { step: "initialise-ahead" },
      { step: "invoke", environment: 1 },
    ],
  ],
];

describe("a schedule that is played again", () => {
  for (const [design, admission, steps] of rows) {
    it(`gives the same result in each of ${TIMES} plays: ${design} under ${admission}`, async () => {
      const seen = new Map<string, number>();
      await onStage(design, async (play) => {
        let left = TIMES;
        const worker = async (): Promise<void> => {
          while (left > 0) {
            left -= 1;
            const { result, steps: played, stateKey } = await play(steps, admission);
            const [judged] = result.functions;
            const outcomes = played.map(({ outcome }) => outcome?.outcome ?? null);
            const key = JSON.stringify([
              result.verdict,
              judged?.reasons,
              judged?.harm.total,
              outcomes,
              stateKey,
            ]);
            seen.set(key, (seen.get(key) ?? 0) + 1);
          }
        };
        await Promise.all(Array.from({ length: AT_A_TIME }, worker));
      });
      expect(seen.size, [...seen].map(([key, times]) => `${times} times ${key}`).join("\n")).to.equal(1);
    });
  }
});
