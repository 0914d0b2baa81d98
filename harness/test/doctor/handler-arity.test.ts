import { expect } from "chai";
import { handlerArity } from "../../src/doctor/handler-arity.ts";
import { parseModule } from "../../src/doctor/parse-module.ts";

describe("handlerArity", () => {
  for (const [title, text, arity] of [
    ["export const", "export const handler = async (event) => event;", 1],
    ["export function", "export async function handler(event, context, callback) {}", 3],
    ["export of a name", "const main = (event, context) => 1;\nexport { main as handler };", 2],
    ["exports.handler", "exports.handler = function (event, context, callback) {};", 3],
    ["module.exports.handler", "module.exports.handler = (event) => 1;", 1],
    ["module.exports", "const handler = (a, b, c) => 1;\nmodule.exports = { handler };", 3],
    [
      "the output of esbuild",
      "var x = {};\n__export(x, { handler: () => handler });\nvar handler = async (event, context) => 1;",
      2,
    ],
    [
      "a default value ends the count of parameters",
      "export const handler = (event, context = {}, callback) => 1;",
      1,
    ],
    ["a rest parameter is not counted", "export const handler = (...all) => 1;", 0],
    ["a handler that is made by a call", "export const handler = wrap((a, b, c) => 1);", null],
    ["a module without the handler", "export const other = () => 1;", null],
    ["a handler from another file", `export { handler } from "./other.mjs";`, null],
  ] as const) {
    it(`returns ${String(arity)} for this case: ${title}`, () => {
      const program = parseModule(text);
      expect(program === null ? "no JavaScript" : handlerArity(program, "handler")).to.equal(arity);
    });
  }
});
