import { expect } from "chai";
import { approve } from "../../../scripts/infra/approve.ts";
import { isLongrunError } from "../../src/base/errors.ts";
import { memoryMachine } from "../cli/memory-machine.ts";

const QUESTION = { command: "make deploy", question: "Apply this plan?", undone: "changed" };

describe("infrastructure: the question before a change", () => {
  for (const [title, answer, autoApprove, expected] of [
    ["lets the change continue if the answer is yes", "yes", false, "approved"],
    [
      "prevents the change if the answer is anything else",
      "",
      false,
      "interrupted: Not confirmed; nothing was changed.",
    ],
    [
      "prevents the change and names AUTO_APPROVE if no user can be asked",
      null,
      false,
      "usage: make deploy: expected AUTO_APPROVE=1, because no user can be asked.",
    ],
    ["is not asked if AUTO_APPROVE is set", null, true, "approved"],
  ] as const) {
    it(title, async () => {
      const machine = memoryMachine([], { answer });
      const outcome = await approve({ autoApprove }, machine, QUESTION).then(
        () => "approved",
        (error: unknown) => (isLongrunError(error) ? `${error.code}: ${error.message}` : String(error)),
      );
      expect(outcome).to.equal(expected);
    });
  }
});
