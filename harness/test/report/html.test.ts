/**
 * Tests report.html as a file: the page is complete, its security policy names its own script and style, and no text from outside becomes
 * markup.
 */
import { createHash } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import { embedJson } from "../../src/report/html/embed-result.ts";
import { escapeHtml, markup } from "../../src/report/html/escape-html.ts";
import { renderHtml } from "../../src/report/html/render-html.ts";
import { failingFunction, finding, fixtureResult } from "./fixture-result.ts";

const assets = { script: 'console.log("</script><!--")\r\n', style: "body{color:red}" };
const between = (text: string, from: string, to: string): string =>
  text.slice(text.indexOf(from) + from.length, text.indexOf(to, text.indexOf(from) + from.length));
const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

describe("renderHtml", () => {
  const page = renderHtml(fixtureResult(), assets);

  it("returns a page that allows, by hash, exactly one script and one style: its own", () => {
    const script = between(page.slice(page.indexOf('id="result"')), "<script>", "</script>");
    const policy = between(page, 'Content-Security-Policy" content="', '"').replaceAll("&#39;", "'");
    expect(script).to.equal('console.log("<\\/script><!--")\n');
    expect(policy.split("; ")).to.deep.equal([
      "default-src 'none'",
      `script-src ${hash(script)}`,
      `style-src ${hash(assets.style)}`,
      "img-src data: blob:",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it("returns a page that refers to nothing outside the page", () => {
    expect(page).to.not.match(/\b(?:src|href)="(?!#)/u);
    expect(page).to.not.match(/https?:\/\//u);
  });

  it("puts the complete result into the page", () => {
    expect(JSON.parse(between(page, 'id="result">', "</script>"))).to.deep.equal(
      JSON.parse(JSON.stringify(fixtureResult())),
    );
  });

  it("shows the verdicts and the harm even if the script does not run", () => {
    expect(page).to.include(
      '<h1 class="headline tone-pass">init-connect failed, as expected. handler-connect passed, as expected.</h1>',
    );
    expect(page).to.include(
      "<p>Environment E2 (…7cf5e34f) held the peer from 00:13.6 (01:02:16.622\u00a0UTC) on, through a connection opened in the Init phase.",
    );
  });

  it("has the sentence of windows that are alike once, and a card for each", () => {
    const { harm } = failingFunction();
    const windows = [...harm.windows, ...harm.windows];
    const twice = renderHtml(
      fixtureResult({ functions: [failingFunction({ harm: { ...harm, windows } })] }),
      assets,
    );
    expect(harm.windows).to.have.lengthOf(2);
    const cards = twice.split('<article class="card"').slice(1);
    const texts = cards.map((card) => between(card, "</p>\n<p>", "</p>"));
    for (const text of texts.slice(0, 2)) expect(text).to.match(/^Environment E\d /u);
    expect(texts.slice(2)).to.deep.equal(["As in harm 1 of 4.", "As in harm 2 of 4."]);
  });

  it("has the table of verdicts, in which numbers and bad cells have classes", () => {
    const expectations = { expected: "pass", expectationMet: false } as const;
    const table = renderHtml(fixtureResult({ functions: [failingFunction(expectations)] }), assets);
    const rows =
      between(table, '<table class="comparison">', "</table>").match(/<t[hd][ >].*?<\/t[hd]>/gu) ?? [];
    expect(rows.map((cell) => cell.replace(/ scope="\w+"|<\/.*/gu, ""))).to.deep.equal([
      "<th>Function",
      "<th>Verdict",
      "<th>Expected",
      "<th>Met",
      '<th class="number">Succeeded',
      '<th class="number">Failed',
      '<th class="number">Exposures',
      '<th class="number">Harmed',
      "<th>Reasons",
      '<th><a href="#function-0">init-connect',
      '<td><span class="badge tone-fail">fail',
      "<td>pass",
      '<td class="bad">no',
      '<td class="number">48',
      '<td class="number">12',
      '<td class="number">3',
      '<td class="number bad">12',
      "<td>harm",
    ]);
  });

  it("returns the same page for the same result", () =>
    expect(renderHtml(fixtureResult(), assets)).to.equal(page));

  it("escapes text from outside everywhere", () => {
    const evil = '"><img src=x onerror=alert(1)></script><script>alert(2)</script>\u2028';
    const { run } = fixtureResult();
    const { harm, statistics } = failingFunction();
    const windows = harm.windows.map((window) => ({
      ...window,
      text: evil,
      holder: evil,
      environments: [evil],
    }));
    const functions = [
      failingFunction({
        name: evil,
        harm: { ...harm, windows },
        statistics: { ...statistics, text: evil },
        findings: [finding({ check: evil, kind: "discipline", text: evil })],
        thresholds: [{ expression: evil, actual: 1, holds: false }],
      }),
    ];
    const hostile = renderHtml(
      fixtureResult({
        functions,
        run: { ...run, id: evil, platform: evil, isolation: evil, status: evil, toolVersion: evil },
        unreadable: [{ source: evil, lines: 1, example: evil }],
      }),
      assets,
    );
    expect(hostile).to.not.include("<img");
    expect(hostile.match(/<script/giu)).to.have.lengthOf(2);
    expect(hostile.match(/<\/script/giu)).to.have.lengthOf(2);
    expect(hostile.slice(hostile.indexOf('id="result"'))).to.not.include("\u2028");
  });
});

describe("escaping in the page:", () => {
  it("escapeHtml leaves no character that has a meaning in markup", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(escapeHtml(text)).to.not.match(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/u);
      }),
    );
  });

  it("embedJson keeps every value and leaves no character that has a meaning in markup", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(embedJson(value))).to.deep.equal(JSON.parse(JSON.stringify(value)));
        expect(embedJson(value)).to.not.match(/[<>&\u2028\u2029]/u);
      }),
    );
  });

  it("the markup tag escapes every value except markup that the tag made itself", () => {
    expect(markup`<p>${"<b>"}${markup`<i>${"&"}</i>`}${[markup`<u>`, markup`</u>`]}${1}</p>`.text).to.equal(
      "<p>&lt;b&gt;<i>&amp;</i><u></u>1</p>",
    );
  });
});
