import { expect } from "chai";
import { decodeMessage } from "../../src/logs/decode-message.ts";
import { readAs } from "../../src/logs/parse-error-line.ts";
import { MessageRedactor } from "../../src/redact/redact-message.ts";
import { Replacements } from "../../src/redact/replacements.ts";
import { LINE_FORMS } from "../runtimes/failure-lines.ts";

const ID = "8f3b2c1d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
/**
 * This line ends inside the name of one of Java's classes. The redactor does not know half of a name, so it masks this half like a name of
 * the application.
 */
const HALF_A_NAME = "cut off inside the second line";

describe("the redaction of a line about a failed invocation", () => {
  for (const { family, title, kind, events } of LINE_FORMS)
    if (kind !== "application" && title !== HALF_A_NAME)
      it(`keeps the kind of the line of ${family}, and whether the line has a request id: ${title}`, () => {
        const redactor = new MessageRedactor(new Replacements(() => 0));
        const kinds = (message: string): unknown => {
          const said = decodeMessage(message);
          const reading = said.kind === "error" ? readAs(said.error, family) : null;
          return [said.kind, reading?.kind, (reading?.requestId ?? null) === null];
        };
        const original = events(ID);
        expect(original.map((event) => redactor.redact(event)).map(kinds)).to.deep.equal(original.map(kinds));
      });
});
