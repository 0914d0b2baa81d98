import { expect } from "chai";
import type { ChangeBegun, JournalEventBody } from "../../src/record/journal.ts";
import { noteChange } from "../../src/record/note-change.ts";

const describes = (to: string): JournalEventBody => ({
  ...{ event: "change-begun", function: "f", change: "describe", lever: "update" },
  ...{ from: "", to },
});
const published: JournalEventBody = {
  ...{ event: "change-begun", function: "f", change: "publish", lever: "versions" },
  description: "v",
};
const undone = (change: ChangeBegun["change"], left: string | null, of = "f"): JournalEventBody => ({
  ...{ event: "change-undone", function: of, change },
  ...{ what: "", left },
});

describe("noteChange", () => {
  const kept = (...bodies: readonly JournalEventBody[]) => {
    const begun: ChangeBegun[] = [];
    for (const [index, body] of bodies.entries())
      noteChange(begun, { sequence: index, time: "", monotonicMs: 0, ...body });
    return begun.map(({ sequence }) => sequence);
  };

  it("forgets a value of a function when it is restored, and keeps later changes of it", () => {
    expect([
      kept(describes("a"), published, undone("describe", null), describes("b")),
      kept(describes("a"), undone("describe", "somebody else has changed it")),
      kept(describes("a"), undone("describe", null, "other")),
    ]).to.deep.equal([[1, 3], [0], [0]]);
  });

  it("keeps a version that may be one of several", () => {
    expect(kept(published, undone("publish", null))).to.deep.equal([0]);
  });
});
