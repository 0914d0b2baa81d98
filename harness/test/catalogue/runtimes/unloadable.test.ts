import { expect } from "chai";
import { unloadableError } from "../../../src/catalogue/runtimes/unloadable.ts";
import { readJavaLine } from "../../../src/catalogue/runtimes/java-log.ts";

const JAVA = { label: "one", handler: "example.App::handle", runtime: "java21" };
const isUnloadable = (errorType: string | null, errorMessage: string): boolean =>
  unloadableError({ outcome: "function-error", errorType, errorMessage }, JAVA) !== null;

describe("a Java handler that cannot be loaded", () => {
  for (const sentence of [
    "No public method named other with appropriate method signature found on class example.App",
    "Class does not implement an appropriate handler interface: example.App",
    "Class example.App does not implement RequestHandler with concrete type parameters",
    "Invalid handler: `App'",
    "Invalid class signature for example.App",
  ])
    it(`is recognised in the answer and in the log: ${sentence}`, () =>
      expect([
        isUnloadable(null, sentence),
        readJavaLine({ text: `${sentence}\n`, object: null })?.kind,
      ]).to.deep.equal([true, "failed-invocation"]));

  it("is not recognised in an error of the function's own code", () =>
    expect([
      isUnloadable("java.lang.IllegalStateException", "Invalid handler: `App'"),
      isUnloadable(null, "the peer is busy"),
    ]).to.deep.equal([false, false]));
});
