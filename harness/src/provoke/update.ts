import { isLongrunError } from "../base/errors.ts";
import { LATEST, type LeverKind } from "./lever-kind.ts";

/** The first update comes before the second invocation. Each update leaves an old environment, so there are few of them. */
const FIRST = 2;
const EVERY = 10;

/** A new description between two invocations: the next invocation runs in a new environment. */
export const update: LeverKind = {
  changes: "gives it a new description between invocations. Undone by restoring the description",
  certainty:
    "Documented: after an update, invocations run in new environments. Inferred: a new description alone is enough, and the old environment lives on with its socket",
  provisioned: 0,
  onlyOurs: false,
  pull: (changed, seen) => {
    let invocation = 0;
    let next = FIRST;
    let updates = 0;
    let before = 0;
    const end = (why: string): void => {
      next = Infinity;
      seen.say(`--provoke update ends: ${why}`);
    };
    return Promise.resolve({
      invoked: [LATEST],
      beforeLatest: async () => {
        invocation += 1;
        if (invocation < next) return;
        const environments = await seen.ofLatest();
        // Without all log lines it is unknown whether the last update made a new environment.
        if (environments === null) return;
        if (updates > 0 && environments === before) {
          end("a new description made no new environment");
          return;
        }
        updates += 1;
        before = environments;
        next = invocation + EVERY;
        try {
          await changed.describe("update", `update ${updates}`);
        } catch (error) {
          if (!isLongrunError(error)) throw error;
          end(error.message);
        }
      },
    });
  },
};
