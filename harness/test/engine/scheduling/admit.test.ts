import { expect } from "chai";
import * as fc from "fast-check";
import { admit } from "../../../src/engine/scheduling/admit.ts";

const RESERVED = "ReservedFunctionConcurrentInvocationLimitExceeded";
const ACCOUNT = "ConcurrentInvocationLimitExceeded";

describe("reserved concurrency", () => {
  for (const [title, load, others, expected] of [
    ["1 reserved, none running: admitted", { running: 0, reserved: 1 }, [], "admitted"],
    ["1 reserved, one running: throttled", { running: 1, reserved: 1 }, [], RESERVED],
    ["0 reserved: always throttled", { running: 0, reserved: 0 }, [], RESERVED],
    ["3 reserved, two running: admitted", { running: 2, reserved: 3 }, [], "admitted"],
    [
      "reservation lowered below the running invocations: throttled",
      { running: 3, reserved: 2 },
      [],
      RESERVED,
    ],
    ["none reserved, below the account's limit: admitted", { running: 9, reserved: null }, [], "admitted"],
    ["none reserved, at the account's limit: throttled", { running: 10, reserved: null }, [], ACCOUNT],
    [
      "all that is left of the account's limit is reserved for an idle function: throttled",
      { running: 4, reserved: null },
      [{ running: 0, reserved: 6 }],
      ACCOUNT,
    ],
    [
      "other functions without a reservation use all that is left of the account's limit: throttled",
      { running: 5, reserved: null },
      [{ running: 5, reserved: null }],
      ACCOUNT,
    ],
  ] as const) {
    it(title, () => expect(admit(load, others, 10)).to.equal(expected));
  }

  it("never admits more invocations than are reserved", () => {
    fc.assert(
      fc.property(fc.nat(5), fc.array(fc.boolean(), { maxLength: 50 }), (reserved, steps) => {
        let running = 0;
        for (const arrives of steps) {
          if (!arrives) running = Math.max(0, running - 1);
          else if (admit({ running, reserved }, [], 1_000) === "admitted") running += 1;
          expect(running).to.be.at.most(reserved);
        }
      }),
    );
  });
});
