import { expect } from "chai";
import { decodeMessage } from "../../../src/logs/stream-event.ts";
import { readAs } from "../../../src/logs/parse-error-line.ts";
import { FAMILIES } from "../../../src/catalogue/runtimes/all-runtimes.ts";
import { LINE_FORMS } from "./failure-lines.ts";

const ID = "8f3b2c1d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";

describe("the lines of each runtime's client about a failed invocation", () => {
  it("are known for each family of the catalogue", () => {
    const known = new Set(LINE_FORMS.map(({ family }) => family));
    expect([...known].toSorted()).to.deep.equal(FAMILIES.map(({ name }) => name).toSorted());
  });

  for (const { family, title, kind, events, namesRequest } of LINE_FORMS)
    it(`are read as ${kind} for ${family}: ${title}`, () => {
      const readings = events(ID).map((event) => {
        const said = decodeMessage(event);
        return said.kind === "error" ? readAs(said.error, family) : null;
      });
      if (kind === "application") return expect(readings.filter((one) => one !== null)).to.deep.equal([]);
      const last = readings.at(-1);
      expect([last?.kind, last?.requestId]).to.deep.equal([kind, namesRequest ? ID : null]);
      return undefined;
    });
});
