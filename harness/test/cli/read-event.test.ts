import { expect } from "chai";
import { shownEvent } from "../../src/cli/read-event.ts";

describe("a wrong --event", () => {
  it("is shown only if it is the name of a JSON file", () => {
    const given = [
      "events/order.JSON",
      "hunter2",
      "ab.cd.ef",
      "pw=x.json",
      "https://me:pw@x/a.json",
      "a b.json",
    ];
    expect(given.map((text) => shownEvent(text, false))).to.deep.equal([
      "--event events/order.JSON",
      ...Array<string>(5).fill("--event …"),
    ]);
    expect(shownEvent("hunter2", true)).to.equal("--event hunter2");
  });
});
