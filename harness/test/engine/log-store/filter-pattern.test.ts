import { expect } from "chai";
import fc from "fast-check";
import { filterPattern } from "../../../src/engine/log-store/filter-pattern.ts";
import { LogsError } from "../../../src/engine/log-store/logs-error.ts";
import { propertyCases } from "../../support/test-all.ts";

const JSON_LINE =
  '{"level":"ERROR","n":3,"ok":true,"none":null,"list":[{"id":"a"}],"deep":{"text":"one two three"}}';

const rows: readonly (readonly [pattern: string, message: string, matches: boolean])[] = [
  ["", "anything", true],
  ["ERROR", "an ERROR here", true],
  ["error", "an ERROR here", false],
  ["ERROR here", "here is an ERROR", true],
  ["ERROR there", "here is an ERROR", false],
  ['"is an"', "here is an ERROR", true],
  ['"an is"', "here is an ERROR", false],
  ['"a \\"b\\""', 'say a "b"', true],
  ["-ERROR", "an ERROR", false],
  ["-ERROR", "fine", true],
  ['ERROR -"known one"', "ERROR known one", false],
  ["?ERROR ?WARN", "a WARN", true],
  ["?ERROR ?WARN", "an INFO", false],
  ['{ $.level = "ERROR" }', JSON_LINE, true],
  ['{ $.level = "ERR*" }', JSON_LINE, true],
  ['{ $.level = "*R" }', JSON_LINE, true],
  ['{ $.level != "ERROR" }', JSON_LINE, false],
  ["{ $.level = ERROR }", JSON_LINE, true],
  ["{ $.n > 2 }", JSON_LINE, true],
  ["{ $.n >= 3 && $.n < 4 }", JSON_LINE, true],
  ["{ $.n = 4 || $.ok IS TRUE }", JSON_LINE, true],
  ["{ ($.n = 4 || $.n = 5) && $.ok IS TRUE }", JSON_LINE, false],
  ["{ $.none IS NULL }", JSON_LINE, true],
  ["{ $.missing NOT EXISTS }", JSON_LINE, true],
  ["{ $.level NOT EXISTS }", JSON_LINE, false],
  ['{ $.list[0].id = "a" }', JSON_LINE, true],
  ['{ $["deep"].text = "one*three" }', JSON_LINE, true],
  ['{ $.deep.text = "one*four*" }', JSON_LINE, false],
  ['{ $.level = "ERROR" }', "ERROR but no JSON", false],
  ['{ $.__proto__.x = "y" }', JSON_LINE, false],
];
const refused = [
  "[a, b]",
  "%regex%",
  "{ $.a = ",
  "{ $.a }",
  '{ a = "b" }',
  "{ $.a ~ 3 }",
  '"unfinished',
  "a=b",
  "{}",
  '{ $.a = "b" } x',
  "x".repeat(1_025),
];

describe("engine log store: filter patterns", () => {
  for (const [pattern, message, matches] of rows) {
    it(`the pattern <${pattern}> ${matches ? "matches" : "does not match"} the message <${message.slice(0, 24)}>`, () => {
      expect(filterPattern(pattern)(message)).to.equal(matches);
    });
  }
  for (const pattern of refused) {
    it(`the pattern <${pattern.slice(0, 24)}> is refused`, () => {
      expect(() => filterPattern(pattern)).to.throw(LogsError, "Invalid filter pattern");
    });
  }
  it("any text is accepted as a pattern or refused with a LogsError", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `{${text}}`),
        ),
        fc.string(),
        (pattern, message) => {
          try {
            expect(filterPattern(pattern)(message)).to.be.a("boolean");
          } catch (error) {
            expect(error).to.be.instanceOf(LogsError);
          }
        },
      ),
      propertyCases(500),
    );
  });
});
