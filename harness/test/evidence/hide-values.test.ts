import { expect } from "chai";
import { hideInTexts } from "../../src/evidence/hide-values.ts";
import { HiddenValues } from "../../src/settings/hidden-values.ts";

describe("evidence without the values of variables", () => {
  it("has the types of errors, also if a value is such a name, and no value in the texts beside them", () => {
    const hidden = new HiddenValues();
    hidden.add([{ key: "NAME", value: "TimeoutError" }]);
    const event = { errorType: "TimeoutError", error: { errorType: "TimeoutError", text: "TimeoutError" } };
    expect(hideInTexts(event, hidden.find)).to.deep.equal({
      errorType: "TimeoutError",
      error: { errorType: "TimeoutError", text: "***NAME***" },
    });
  });
});
