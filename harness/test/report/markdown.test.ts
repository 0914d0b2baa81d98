/** Tests summary.md: its content for a pull request, and that text from outside cannot add markup. */
import { expect } from "chai";
import { renderMarkdown } from "../../src/report/markdown.ts";
import { codeSpan, escapeMarkdown } from "../../src/report/markdown/escape-markdown.ts";
import { failingFunction, fixtureResult } from "./fixture-result.ts";

describe("renderMarkdown", () => {
  const text = renderMarkdown(fixtureResult());

  it("writes the verdicts first, with a table", () => {
    expect(text.split("\n").slice(0, 6)).to.deep.equal([
      "## lambda-longrun: init-connect failed, as expected. handler-connect passed, as expected.",
      "",
      "| function | verdict | expected | met | ok | failed | exposures | harm | reasons |",
      "| --- | --- | --- | --- | --: | --: | --: | --: | --- |",
      "| `init-connect` | ❌ **fail** | fail | yes | 48 | 12 | 3 | 12 | harm |",
      "| `handler-connect` | ✅ **pass** | pass | yes | 60 | 0 | 3 | 0 |  |",
    ]);
  });

  it("shows the harm with its log streams, and the command that makes the same plan again", () => {
    expect(text).to.include(
      "- **Harm 1 of 2**, 00:14 to 00:20 (6 s, 6 invocations): Environment E2 (…7cf5e34f) held the peer from 00:13.6",
    );
    expect(text).to.include("  - held by `2026/11/25/[$LATEST]a6f724e972620bc28be56ad87cf5e34f`");
    expect(text).to.include("`longrun soak --platform typical --seed 1 --duration 60s --interval 1s`");
  });

  it("lists the environments in a collapsed section", () => {
    expect(text).to.include("<details><summary>6 execution environments</summary>");
    expect(text).to.include(
      "| E2 | `2026/11/25/[$LATEST]a6f724e972620bc28be56ad87cf5e34f` | 00:13.5 | 48 ms | – | – | **INIT WITHOUT INVOKE** | 00:19.6 | shutdown |",
    );
  });

  it("escapes a name that contains markup", () => {
    const hostile = renderMarkdown(
      fixtureResult({
        functions: [failingFunction({ name: "a|b`c <img src=x onerror=alert(1)>\n## @all" })],
      }),
    );
    expect(hostile).to.include("| ``a\\|b`c <img src=x onerror=alert(1)> ## @all`` |");
    expect(hostile.split("\n")[0]).to.equal(
      "## lambda-longrun: a\\|b\\`c &lt;img src=x onerror=alert(1)> \\#\\# &#64;all failed, as expected.",
    );
  });

  const escapes = [
    ["a_b *c* `d`", "a\\_b \\*c\\* \\`d\\`"],
    ["[x](http://y)", "\\[x\\](http\\://y)"],
    ["<b>&amp;", "&lt;b>&amp;amp;"],
    ["1. one", "1\\. one"],
    ["- item", "\\- item"],
    ["> quote", "\\> quote"],
    ["line\n\n# two", "line \\# two"],
    ["see #12 and www.example.com", "see \\#12 and www&#46;example.com"],
    ["at 01:02:03", "at 01:02:03"],
    [":tada:", "\\:tada:"],
  ] as const;
  for (const [given, wanted] of escapes) {
    it(`escapes ${JSON.stringify(given)}`, () => expect(escapeMarkdown(given)).to.equal(wanted));
  }

  it("writes a text as a code span, even if the text contains back ticks", () => {
    expect([codeSpan("a"), codeSpan("a`b"), codeSpan("``"), codeSpan("")]).to.deep.equal([
      "`a`",
      "``a`b``",
      "``` `` ```",
      "`  `",
    ]);
  });
});
