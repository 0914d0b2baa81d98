import { expect } from "chai";
import { renderJunit } from "../../../src/report/junit.ts";
import { renderMarkdown } from "../../../src/report/markdown.ts";
import { renderText } from "../../../src/report/text.ts";
import { nothingSucceededInWords } from "../../../src/report/view/nothing-succeeded-in-words.ts";
import { fixtureResult, passingFunction } from "../fixture-result.ts";

const ERROR = {
  failed: 5,
  times: 5,
  errorType: "Runtime.ExitError",
  errorMessage: "RequestId: 1 Error: Runtime exited with error: exit status 2",
  lines: ["panic: assignment to entry in nil map", "at /home/me/main.go:12"],
  logStream: "2026/11/26/stream",
};
const SAID = [
  "No invocation succeeded. The error: Runtime.ExitError: Runtime exited with error: exit status 2 (panic: assignment to entry in nil map; at /home/me/main.go:12).",
  "The complete error is in logs/app.jsonl of the run directory, stream 2026/11/26/stream.",
];

describe("nothingSucceededInWords", () => {
  const failing = passingFunction({ name: "app", nothingSucceeded: ERROR });

  it("gives the error, the place where it was thrown, and the file with the complete error", () => {
    expect(nothingSucceededInWords(failing)).to.deep.equal(SAID);
  });

  it("says how often the error occurred if there were other errors", () => {
    const other = { ...ERROR, times: 3, errorMessage: null, lines: [], logStream: null };
    expect(nothingSucceededInWords(passingFunction({ name: "app", nothingSucceeded: other }))).to.deep.equal([
      "No invocation succeeded. The most frequent error (3 of 5): Runtime.ExitError: no message.",
      "The complete error is in logs/app.jsonl of the run directory.",
    ]);
  });

  it("says nothing if an invocation succeeded", () => {
    expect(nothingSucceededInWords(passingFunction())).to.deep.equal([]);
  });

  it("gives sentences that are in the text, the summary and the JUnit file", () => {
    const result = { ...fixtureResult(), functions: [failing] };
    for (const rendered of [
      renderText(result, { columns: 100, colour: false }),
      renderMarkdown(result),
      renderJunit(result),
    ])
      expect(rendered.replace(/\s+/g, " ")).to.include(
        "exit status 2 (panic: assignment to entry in nil map;",
      );
  });
});
